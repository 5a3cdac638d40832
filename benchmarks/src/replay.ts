import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createClient } from '@clickhouse/client'
import { ProjectorProcess, ReplayProcess, startTestStack, uniqueName } from '@headwater/testing'
import { fillTopic } from './projecting/fill-topic.ts'
import { projectorRun } from './projecting/projector-run.ts'
import { until } from './projecting/until.ts'
import { workloads } from './projecting/workloads.ts'
import { spreadText } from './spread.ts'

// Rebuilds the tables of a filled log beside the live ones, compares them and swaps, while a projector runs; and in turn has a projector
// fold the same log into empty tables.

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    batch: { type: 'string', default: '50000' },
    kind: { type: 'string', default: 'real-shaped' },
  },
})
const home = join(tmpdir(), uniqueName('headwater-bench'))
const { addresses, stop } = await startTestStack({
  home,
  env: process.env,
  onProgress: console.log,
  isShortLived: false,
})
const client = createClient({ url: addresses.clickhouseUrl, request_timeout: 60_000, log: { level: 127 } })
const [kind] = workloads(values.kind)
if (kind === undefined) throw new Error('--kind names no kind of events')
const filled = await fillTopic(addresses, kind, Number(values.events))
const { topic } = filled
const database = uniqueName('bench')
const parts = { stack: addresses, topic, deadLetters: `${topic}.dead`, database, groupId: database }
const options = { ...parts, batchRecords: Number(values.batch) }
const projector = new ProjectorProcess(options)
try {
  const bytes = Math.round(filled.bytes)
  console.log(
    `${cpus().length} cores, Node ${process.version}; ${filled.events} ${kind.name} events of ${bytes} bytes on 6 partitions`,
  )
  projector.start()
  const query = `SELECT count() AS n FROM ${database}.run_facts FINAL`
  await until(async () => {
    const result = await client.query({ query, format: 'JSONEachRow' }).catch(() => undefined)
    return Number((await result?.json<{ n: string }>())?.[0]?.n ?? 0) >= filled.runs ? true : undefined
  })
  const rates: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const replay = new ReplayProcess(options)
    if ((await replay.exit()) !== 0) throw new Error(`${JSON.stringify(replay.lines.at(-1))}\n${replay.errors}`)
    const finished = replay.of('finished')[0]
    const rate = Number(finished?.['eventsPerSecond'])
    const { eventsPerSecond: alone } = await projectorRun(addresses, filled, options.batchRecords)
    rates.push(rate)
    ratios.push(rate / alone)
    const held = `${finished?.['seconds']} s in all, projector held ${finished?.['pausedSeconds']} s`
    console.log(`round ${round + 1}: ${rate} events/s, ${held}; a projector alone ${Math.round(alone)} events/s`)
  }
  console.log(`rebuild, events/s: ${spreadText(rates)}`)
  console.log(`ratio to a projector into empty tables, %: ${spreadText(ratios.map((ratio) => ratio * 100))}`)
} finally {
  await projector.end('SIGTERM')
  await client.close()
  await stop()
}
