import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createTestTopic, startTestStack, uniqueName } from '@headwater/testing'
import { bareLoop } from './projecting/bare-loop.ts'
import { projectorRun } from './projecting/projector-run.ts'
import { visibleLatency } from './projecting/visible-latency.ts'
import { fillTopic } from './projecting/workload.ts'

// The projector, end to end, and a bare loop over the same topic, in turn; then from produced to visible at a steady rate.

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '2000000' },
    rounds: { type: 'string', default: '3' },
    batch: { type: 'string', default: '50000' },
    rate: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '20' },
    rich: { type: 'boolean', default: false },
  },
})
const count = Number(values.events)
const home = join(tmpdir(), uniqueName('headwater-bench'))
const { addresses, stop } = await startTestStack({ home, env: process.env, onProgress: console.log })
try {
  const topic = await createTestTopic(6, addresses)
  const bytes = await fillTopic(addresses, topic, count, values.rich)
  const machine = `${cpus().length} cores, Node ${process.version}`
  console.log(`${machine}; ${count} events of ${Math.round(bytes)} bytes on 6 partitions`)
  const bare: number[] = []
  const projected: number[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    bare.push(await bareLoop(addresses, topic, count))
    projected.push(await projectorRun(addresses, topic, count, Number(values.batch)))
    console.log(`round ${round + 1}: bare ${thousands(bare[round])}, projector ${thousands(projected[round])} events/s`)
  }
  const ratios = projected.map((value, round) => value / (bare[round] ?? Number.NaN))
  console.log(`bare loop  ${spread(bare, thousands)}`)
  console.log(`projector  ${spread(projected, thousands)}`)
  console.log(`ratio      ${spread(ratios, (value) => `${Math.round((value ?? 0) * 100)} %`)}`)

  const steady = { eventsPerSecond: Number(values.rate), seconds: Number(values.seconds), warmUpSeconds: 5 }
  const latencies = await visibleLatency(addresses, steady)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  const shares = [0.5, 0.9, 0.99, 1].map((share) => `p${share * 100} ${Math.round(at(share))} ms`)
  console.log(`produced to visible at ${values.rate}/s: ${shares.join(', ')} (${latencies.length} samples)`)
} finally {
  await stop()
}

function thousands(value: number | undefined): string {
  return `${((value ?? 0) / 1_000).toFixed(1)}k`
}

function spread(values: readonly number[], format: (value: number | undefined) => string): string {
  const sorted = [...values].sort((a, b) => a - b)
  return `median ${format(sorted[Math.floor(sorted.length / 2)])} (min ${format(sorted[0])}, max ${format(sorted.at(-1))})`
}
