import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  buildMaterialization,
  createTestDatabase,
  noon,
  projectBatches,
  recordsOf,
  startTestStack,
  uniqueName,
} from '@headwater/testing'
import { startApi } from './reading/api-process.ts'
import { tableSizes } from './reading/table-sizes.ts'
import { quantile, timedAnswers } from './reading/timed-answers.ts'

// What history costs: what a run adds to the tables when it reads what the one before read, and how long answers about the past take.

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '20' },
  },
})
const [jobs, runs, rounds] = [Number(values.jobs), Number(values.runs), Number(values.rounds)]
const hour = 3_600_000
const asset = (layer: string, number: number) => `postgres://db.internal/warehouse/${layer}/table_${number % jobs}`

/** The run of this number of every job: three inputs, always the same, and an output that the jobs after it read. */
function runsOfRound(round: number) {
  return Array.from({ length: jobs }, (_, job) =>
    buildMaterialization({
      runId: `0190d3a1-7c52-7c44-8d2a-${String(round).padStart(5, '0')}${String(job).padStart(7, '0')}`,
      job: { namespace: 'warehouse', name: `model_${job}`, type: 'model' },
      occurredAt: noon + round * hour,
      inputs: [asset('raw', job), asset('raw', job + 1), asset('marts', Math.floor(job / 2))],
      outputs: [asset('marts', job)],
    }),
  )
}

const home = join(tmpdir(), uniqueName('headwater-bench'))
const { addresses, stop } = await startTestStack({
  home,
  env: process.env,
  onProgress: console.log,
  isShortLived: false,
})
try {
  const database = await createTestDatabase(addresses.clickhouseUrl)
  console.log(`${cpus().length} cores, Node ${process.version}; ${jobs} jobs, ${runs} runs each, one event a run`)
  const project = async (from: number, to: number) => {
    for (let start = from; start < to; start += 50) {
      const events = Array.from({ length: Math.min(50, to - start) }, (_, index) => runsOfRound(start + index))
      await projectBatches(database, [recordsOf(events.flat())])
    }
  }
  await project(0, 1)
  const first = await tableSizes(database)
  await project(1, runs)
  const all = await tableSizes(database)
  for (const [table, { rows, bytes }] of all) {
    const before = first.get(table)
    const added = rows - (before?.rows ?? 0)
    const each = added === 0 ? '' : `, ${((bytes - (before?.bytes ?? 0)) / added).toFixed(1)} bytes a row`
    console.log(
      `${table.padEnd(16)} ${before?.rows} rows after one run of each job, ${rows} after ${runs}: ${added} more${each}`,
    )
  }

  const api = await startApi(addresses, database.database)
  const middle = new Date(noon + (runs / 2) * hour).toISOString()
  const keys = [1, 2, 3, 4, 5].map((step) => encodeURIComponent(asset('marts', Math.floor((step * jobs) / 6))))
  const questions: Record<string, string> = {
    'one hop, now': 'lineage?depth=1&direction=upstream',
    'one hop, as of the middle': `lineage?depth=1&direction=upstream&asOf=${middle}`,
    'one hop, ever': 'lineage?depth=1&direction=upstream&edges=ever',
    'depth 5 of 500 nodes, now': 'lineage?depth=5&maxNodes=500',
    'depth 5 of 500 nodes, as of the middle': `lineage?depth=5&maxNodes=500&asOf=${middle}`,
    'depth 5 of 500 nodes, as of and known at': `lineage?depth=5&maxNodes=500&asOf=${middle}&knownAt=2100-01-01`,
    'card, now': 'asset?',
    'card, as of the middle': `asset?asOf=${middle}`,
    'history, as of the middle': `asset/materializations?asOf=${middle}`,
    'what changed in the last day of it': `lineage/diff?from=${new Date(noon + (runs - 24) * hour).toISOString()}&to=2100-01-01`,
  }
  for (const [name, path] of Object.entries(questions)) {
    const urls = keys.map((key) => `${api.url}/api/v1/${path}${path.endsWith('?') ? '' : '&'}key=${key}`)
    await timedAnswers(urls, 1)
    const times = await timedAnswers(urls, name.startsWith('depth') ? Math.ceil(rounds / 4) : rounds)
    const [median, late] = [quantile(times, 0.5), quantile(times, 0.99)]
    console.log(`${name.padEnd(42)} p50 ${Math.round(median)} ms, p99 ${Math.round(late)} ms (${times.length} answers)`)
  }
  const whole = `${api.url}/api/v1/lineage/diff?from=${middle}&to=2100-01-01`
  console.log(
    `${'what changed everywhere in half of it'.padEnd(42)} ${Math.round(quantile(await timedAnswers([whole], 3), 0.5))} ms`,
  )
  await api.stop()
  await database.drop()
} finally {
  await stop()
}
