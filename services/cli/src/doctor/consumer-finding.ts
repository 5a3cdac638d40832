import type { Completeness } from '@headwater/api/contract'
import { readText } from '@headwater/http/read-text'
import { gapText } from '../terminal/gap-text.ts'
import { printable } from '../terminal/printable.ts'
import { type Finding, gapRemedy } from './finding.ts'

const [timeoutMs, maxAnswerBytes] = [5_000, 1 << 16]

type Consumer = Pick<Partial<Completeness>, 'missingRecords' | 'gaps'> & {
  readonly state: string
  readonly since: string
  readonly reason?: string
}

/** Checks that the gateway consumes its OpenLineage topic, and all of it; none where it has no such topic, or does not answer. */
export async function findConsumer(gatewayUrl: string): Promise<readonly Finding[]> {
  const consumer = await consumerOf(gatewayUrl).catch(() => undefined)
  if (consumer === undefined) return []
  const { state, since, reason } = consumer
  const isBroken = ['retrying', 'refused', 'stalled'].includes(state)
  const why = reason === undefined ? '' : `: ${reason}`
  const detail =
    state === 'consuming' ? 'its Kafka topic is consumed' : `its Kafka topic: ${state} since ${since}${why}`
  const remedy =
    state === 'refused' ? 'Grant what the text names; the gateway tries again by itself' : "See the gateway's log"
  return [
    { name: 'OpenLineage', ok: !isBroken, needed: true, detail: printable(detail), remedy: isBroken ? remedy : '' },
    ...gapFinding(consumer),
  ]
}

function gapFinding({ missingRecords = 0, gaps = [] }: Consumer): readonly Finding[] {
  if (missingRecords === 0) return []
  const detail = `missing: ${gapText({ missingRecords, gaps }, 'of the Kafka topic, deleted before the gateway read them')}`
  return [{ name: 'OpenLineage', ok: false, needed: false, detail, remedy: gapRemedy }]
}

async function consumerOf(gatewayUrl: string): Promise<Consumer | undefined> {
  const response = await fetch(`${gatewayUrl}/readyz`, { signal: AbortSignal.timeout(timeoutMs) })
  return (JSON.parse(await readText(response, maxAnswerBytes)) as { openLineageTopic?: Consumer }).openLineageTopic
}
