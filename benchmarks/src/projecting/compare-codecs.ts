import type { StackAddresses } from '@headwater/local'
import { spread } from '../spread.ts'
import { type FilledTopic, fillTopic } from './fill-topic.ts'
import type { Measured } from './measured.ts'
import { projectorRun } from './projector-run.ts'
import type { Workload } from './workload.ts'

export type CompareOptions = { readonly events: number; readonly rounds: number; readonly batch: number }

/** The projector over topics with the same events, compressed by different codecs, in turn; the first codec is what the others compare with. */
export async function compareCodecs(
  stack: StackAddresses,
  kind: Workload,
  codecs: readonly string[],
  { events, rounds, batch }: CompareOptions,
): Promise<void> {
  const filled: FilledTopic[] = []
  for (const codec of codecs) {
    filled.push(await fillTopic(stack, kind, events, codec === 'none' ? 'uncompressed' : codec))
  }
  const measured = codecs.map((): Measured[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [n, topic] of filled.entries()) measured[n]?.push(await projectorRun(stack, topic, batch))
  console.log(`\n${kind.name}, ${events} events`)
  console.log('| codec | thousand events/s | to the first codec | CPU µs an event |\n|---|---|---|---|')
  for (const [n, codec] of codecs.entries()) {
    const [own, first] = [measured[n] ?? [], measured[0] ?? []]
    const rates = own.map(({ eventsPerSecond }) => eventsPerSecond / 1_000)
    const ratios = own.map(
      ({ eventsPerSecond }, round) => (100 * eventsPerSecond) / (first[round]?.eventsPerSecond ?? 0),
    )
    const cpu = own.map(({ cpuMicros }) => cpuMicros)
    console.log(`| ${codec} | ${text(rates, 0)} | ${text(ratios, 0)} % | ${text(cpu, 1)} |`)
  }
}

/** Median, least and most. */
function text(numbers: readonly number[], digits: number): string {
  const [median = '', min = '', max = ''] = spread(numbers).map((number) => number.toFixed(digits))
  return `${median} (${min} to ${max})`
}
