import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startTestStack, uniqueName } from '@headwater/testing'
import { bareLoop } from './projecting/bare-loop.ts'
import { compareCodecs } from './projecting/compare-codecs.ts'
import { type FilledTopic, fillTopic } from './projecting/fill-topic.ts'
import type { Measured } from './projecting/measured.ts'
import { projectorRun } from './projecting/projector-run.ts'
import { visibleLatency } from './projecting/visible-latency.ts'
import type { Workload } from './projecting/workload.ts'
import { workloads } from './projecting/workloads.ts'
import { quantile } from './reading/timed-answers.ts'
import { spread } from './spread.ts'

// With --codecs, the projector over topics in each of them, in turn. Without, for each kind of event: the projector, end to end, and a bare loop over the same topic, in turn. Then from produced to visible at a
// steady rate.

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    batch: { type: 'string', default: '50000' },
    kinds: { type: 'string', default: 'real-shaped,plain' },
    rate: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '20' },
    codecs: { type: 'string', default: '' },
  },
})
type Round = { readonly bare: Measured; readonly projector: Measured }

const kinds = workloads(values.kinds)
const numbers = { events: Number(values.events), rounds: Number(values.rounds), batch: Number(values.batch) }
const home = join(tmpdir(), uniqueName('headwater-bench'))
const { addresses, stop } = await startTestStack({
  home,
  env: process.env,
  onProgress: console.log,
  isShortLived: false,
})
try {
  console.log(`${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`)
  const codecs = values.codecs.split(',').filter((codec) => codec !== '')
  if (codecs.length > 0) for (const kind of kinds) await compareCodecs(addresses, kind, codecs, numbers)
  else for (const kind of kinds) await measure(kind)
  if (codecs.length === 0 && Number(values.seconds) > 0) await reportLatency()
} finally {
  await stop()
}

async function measure(kind: Workload): Promise<void> {
  const filled = await fillTopic(addresses, kind, numbers.events)
  const share = `${Math.round((100 * filled.runs) / filled.events)} % about runs`
  console.log(`\n${kind.name}: ${filled.events} events of ${Math.round(filled.bytes)} bytes on 6 partitions, ${share}`)
  report(await roundsOver(filled))
}

async function roundsOver(filled: FilledTopic): Promise<readonly Round[]> {
  const rounds: Round[] = []
  for (let number = 0; number < numbers.rounds; number++) {
    const bare = await bareLoop(addresses, filled)
    rounds.push({ bare, projector: await projectorRun(addresses, filled, numbers.batch) })
  }
  return rounds
}

function report(rounds: readonly Round[]): void {
  const thousands = (value: number) => (value / 1_000).toFixed(1)
  const row = (name: string, numbers: readonly number[], format: (value: number) => string) =>
    console.log(`| ${[name, ...spread(numbers).map(format)].join(' | ')} |`)
  console.log('| what | median | min | max |\n|---|---|---|---|')
  row(
    'bare loop, thousand events/s',
    rounds.map(({ bare }) => bare.eventsPerSecond),
    thousands,
  )
  row(
    'projector, thousand events/s',
    rounds.map(({ projector }) => projector.eventsPerSecond),
    thousands,
  )
  const percent = (value: number) => `${Math.round(value * 100)} %`
  row(
    'ratio',
    rounds.map(({ bare, projector }) => projector.eventsPerSecond / bare.eventsPerSecond),
    percent,
  )
  const micros = (value: number) => value.toFixed(1)
  row(
    'bare loop, CPU µs an event',
    rounds.map(({ bare }) => bare.cpuMicros),
    micros,
  )
  row(
    'projector, CPU µs an event',
    rounds.map(({ projector }) => projector.cpuMicros),
    micros,
  )
  row(
    'ratio of CPU',
    rounds.map(({ bare, projector }) => bare.cpuMicros / projector.cpuMicros),
    percent,
  )
}

async function reportLatency(): Promise<void> {
  for (const kind of kinds) {
    const steady = { eventsPerSecond: Number(values.rate), seconds: Number(values.seconds), warmUpSeconds: 5 }
    const latencies = await visibleLatency(addresses, kind, steady)
    const shares = [0.5, 0.9, 0.99, 1].map((share) => `p${share * 100} ${Math.round(quantile(latencies, share))} ms`)
    console.log(
      `\n${kind.name}, produced to visible at ${values.rate}/s: ${shares.join(', ')} (${latencies.length} samples)`,
    )
  }
}
