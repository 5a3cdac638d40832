import { findForeignMembers, findTopicProblems, type NamedTopic, type TopicProblem } from '@headwater/kafka'
import type { Admin } from 'kafkajs'
import type { CliConfig } from '../config.ts'
import { connectKafka } from '../log/connect-kafka.ts'
import { printable } from '../terminal/printable.ts'
import type { Finding } from './finding.ts'

/** Compares topics and consumer groups with what Headwater needs of them. Nothing where Kafka does not answer, which is another finding. */
export async function findTopics(brokers: string, config: CliConfig): Promise<readonly Finding[]> {
  const admin = connectKafka(config, brokers).admin({ retry: { retries: 0 } })
  try {
    await admin.connect()
    return await findingsOf(admin, brokers, config)
  } catch {
    return []
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

async function findingsOf(admin: Admin, bootstrapServer: string, config: CliConfig): Promise<readonly Finding[]> {
  const { PROJECTOR_TOPIC: events, PROJECTOR_DEAD_LETTERS_TOPIC, GATEWAY_OPENLINEAGE_TOPIC: inbox } = config
  const topics: readonly NamedTopic[] = [
    { name: events, use: 'events' },
    { name: PROJECTOR_DEAD_LETTERS_TOPIC, use: 'deadLetters' },
    { name: inbox, use: 'openLineage' },
  ]
  const named = topics.filter(({ name }) => name !== '')
  const judging = { bootstrapServer, maxRecordBytes: config.GATEWAY_MAX_RECORD_BYTES }
  const groups = [
    { groupId: config.PROJECTOR_GROUP, topic: events, variables: ['PROJECTOR_GROUP', 'PROJECTOR_TOPIC'] },
    { groupId: config.GATEWAY_GROUP, topic: inbox, variables: ['GATEWAY_GROUP', 'GATEWAY_OPENLINEAGE_TOPIC'] },
  ] as const
  const [{ problems, unchecked }, ...foreign] = await Promise.all([
    findTopicProblems(admin, named, judging),
    ...groups.map((group) => findForeignMembers(admin, group).catch(() => [])),
  ])
  const found = [
    ...[...problems, ...foreign.flat()].map(findingOf),
    ...unchecked.map(({ topic, reason }) => uncheckedFinding(topic, reason)),
  ]
  const names = named.map(({ name }) => name).join(', ')
  return found.length > 0 ? found : [{ name: 'Topics', ok: true, needed: true, detail: names, remedy: '' }]
}

const findingOf = ({ topic, setting, found, expected, consequence, remedy, isSerious }: TopicProblem): Finding => ({
  name: 'Topics',
  ok: false,
  needed: isSerious,
  detail: printable(`${topic}: ${setting} is ${found}, expected ${expected}: ${consequence}`),
  remedy,
  setting: printable(`${setting} of ${topic}`),
})

const uncheckedFinding = (topic: string, reason: string): Finding => ({
  ...{ name: 'Topics', ok: false, needed: false },
  detail: printable(`the settings of ${topic} cannot be checked`),
  remedy: printable(reason),
})
