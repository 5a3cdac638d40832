import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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
import { quantile, timedAnswers } from './reading/timed-answers.ts'

// What probes and cheap questions wait while many deep questions come at once, and what an asset with very many runs costs.

const { values } = parseArgs({
  options: {
    layers: { type: 'string', default: '30' },
    width: { type: 'string', default: '200' },
    runs: { type: 'string', default: '40' },
    questions: { type: 'string', default: '60' },
    'hot-runs': { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '20' },
  },
})
const [layers, width, runs] = [Number(values.layers), Number(values.width), Number(values.runs)]
const minute = 60_000
const asset = (layer: number, number: number) =>
  `postgres://db.internal/warehouse/layer_${layer}/table_${((number % width) + width) % width}`
const hot = 's3://lake/hot'

/** One run of every job: each asset is made from three of the layer before. */
const runsOfRound = (round: number) =>
  Array.from({ length: layers * width }, (_, index) => {
    const [layer, number] = [Math.floor(index / width) + 1, index % width]
    return buildMaterialization({
      runId: `${round}-${index}`,
      job: { namespace: 'warehouse', name: `model_${layer}_${number}`, type: 'model' },
      occurredAt: noon + round * minute,
      inputs: [asset(layer - 1, number), asset(layer - 1, number * 3 + 1), asset(layer - 1, number * 7 + 5)],
      outputs: [asset(layer, number)],
    })
  })

const hotRuns = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) =>
    buildMaterialization({
      runId: `hot-${from + index}`,
      job: { namespace: 'warehouse', name: 'hot', type: 'task' },
      occurredAt: noon + (from + index) * 1_000,
      inputs: [asset(1, 0)],
      outputs: [hot],
    }),
  )

const { addresses, stop } = await startTestStack({
  home: join(tmpdir(), uniqueName('headwater-bench')),
  env: process.env,
  onProgress: console.log,
  isShortLived: false,
})

/** Asks again and again until the signal aborts. @returns sorted milliseconds, and the number of answers by status */
async function asked(url: string, pauseMs: number, signal: AbortSignal) {
  const times: number[] = []
  const statuses = new Map<number, number>()
  while (!signal.aborted) {
    const beganAt = performance.now()
    const response = await fetch(url)
    await response.text()
    times.push(performance.now() - beganAt)
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    await sleep(pauseMs)
  }
  return { times: times.sort((a, b) => a - b), statuses: Object.fromEntries(statuses) }
}

try {
  const database = await createTestDatabase(addresses.clickhouseUrl)
  console.log(`${cpus().length} cores, Node ${process.version}; ${layers * width} assets, ${runs} runs each`)
  for (let round = 0; round < runs; round += 5) {
    const rounds = Array.from({ length: Math.min(5, runs - round) }, (_, index) => runsOfRound(round + index))
    await projectBatches(database, [recordsOf(rounds.flat())])
  }
  const hotCount = Number(values['hot-runs'])
  for (let from = 0; from < hotCount; from += 50_000) {
    await projectBatches(database, [recordsOf(hotRuns(from, Math.min(hotCount, from + 50_000)))])
  }
  const api = await startApi(addresses, database.database)
  const url = (path: string, key: string) => `${api.url}/api/v1/${path}key=${encodeURIComponent(key)}`

  for (const path of [
    'asset?',
    'asset/materializations?',
    'asset/materializations?state=FAILED&',
    'lineage?depth=1&',
  ]) {
    const [plain, busy] = [
      await timedAnswers([url(path, asset(5, 5))], Number(values.rounds)),
      await timedAnswers([url(path, hot)], Number(values.rounds)),
    ]
    const [one, other] = [quantile(plain, 0.5), quantile(busy, 0.5)]
    console.log(
      `${path.padEnd(40)} p50 ${one.toFixed(0)} ms; with ${hotCount} runs ${other.toFixed(0)} ms (${(other / one).toFixed(1)} times)`,
    )
  }

  const ended = new AbortController()
  const watched = {
    readyz: asked(`${api.url}/readyz`, 50, ended.signal),
    livez: asked(`${api.url}/livez`, 50, ended.signal),
    metrics: asked(`${api.url}/metrics`, 500, ended.signal),
    card: asked(url('asset?', asset(9, 9)), 100, ended.signal),
  }
  await sleep(1_000)
  const beganAt = performance.now()
  const answers = await Promise.all(
    Array.from({ length: Number(values.questions) }, async (_, index) => {
      const response = await fetch(url('lineage?depth=1000&maxNodes=10000&', asset(Math.floor(layers / 2), index)))
      const body = await response.text()
      const code = response.ok ? 200 : (JSON.parse(body) as { code: string }).code
      return { code, seconds: (performance.now() - beganAt) / 1_000 }
    }),
  )
  ended.abort()
  for (const code of new Set(answers.map((answer) => answer.code))) {
    const seconds = answers
      .filter((answer) => answer.code === code)
      .map((answer) => answer.seconds)
      .sort((a, b) => a - b)
    console.log(
      `${answers.length} deep questions at once: ${seconds.length} answered ${code}, the first after ${seconds[0]?.toFixed(1)} s, the last after ${seconds.at(-1)?.toFixed(1)} s`,
    )
  }
  for (const [name, answer] of Object.entries(watched)) {
    const { times, statuses } = await answer
    console.log(
      `${name.padEnd(10)} p50 ${quantile(times, 0.5).toFixed(0)} ms, p99 ${quantile(times, 0.99).toFixed(0)} ms, most ${quantile(times, 1).toFixed(0)} ms ${JSON.stringify(statuses)}`,
    )
  }
  await api.stop()
  await database.drop()
} finally {
  await stop()
}
