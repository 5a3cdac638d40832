import { shellWord } from '@headwater/config/shell-word'

/** What a call does to the cluster, to name the right that it lacks. */
export type KafkaUse = {
  readonly operation: 'Read' | 'Write' | 'Describe' | 'Create'
  readonly topics?: readonly string[]
  readonly group?: string
  /** Of this service, where it is known: `kafkaPrincipal`. */
  readonly principal?: string | undefined
}

type CallError = Error & {
  readonly type?: string
  readonly cause?: unknown
  readonly errors?: readonly unknown[]
}

/** The type of a refusal by Kafka's authorizer: kafkajs wraps errors in others, and lists those of several topics. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { type, cause, errors = [] } = error as CallError
  if (type?.endsWith('_AUTHORIZATION_FAILED')) return type
  for (const inner of [cause, ...errors]) {
    const found = refusalOf(inner)
    if (found !== undefined) return found
  }
  return undefined
}

/** Names the right that is missing, and the command that grants it. */
export function missingRight(refusal: string, use: KafkaUse): string {
  const { operation, topics = [], group, principal } = use
  const resources = resourcesOf(refusal, topics, group)
  const needed = refusal === 'GROUP_AUTHORIZATION_FAILED' ? 'Read' : operation
  const named = resources.map(({ text }) => text).join(' and ')
  const grants = resources.map(
    ({ option }) =>
      `kafka-acls.sh --add --allow-principal ${principal === undefined ? 'User:...' : shellWord(principal)} --operation ${needed} ${option}`,
  )
  const seen = operation === 'Create' ? '. If it exists, it is invisible without one of Describe, Read and Write' : ''
  return `Kafka refuses ${needed} on ${named} (${refusal}). Grant it to ${principal ?? 'the principal of this service'}: ${grants.join('; ')}${seen}`
}

function resourcesOf(refusal: string, topics: readonly string[], group: string | undefined) {
  if (refusal === 'GROUP_AUTHORIZATION_FAILED' && group !== undefined)
    return [{ text: `group ${group}`, option: `--group ${shellWord(group)}` }]
  if (refusal === 'TOPIC_AUTHORIZATION_FAILED' && topics.length > 0)
    return topics.map((topic) => ({ text: `topic ${topic}`, option: `--topic ${topic}` }))
  if (refusal === 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED')
    return [{ text: "the producer's transactional id", option: "--transactional-id '*'" }]
  if (refusal === 'TOPIC_AUTHORIZATION_FAILED') return [{ text: 'a topic', option: '--topic ...' }]
  return [{ text: 'the cluster', option: '--cluster' }]
}
