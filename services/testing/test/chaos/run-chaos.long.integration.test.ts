import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StartedStack, startTestStack, uniqueName } from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultKinds } from '../../src/chaos/faults/fault-plan.ts'
import { reportMarkdown } from '../../src/chaos/report/report-markdown.ts'
import { sinceStart } from '../../src/chaos/report/since-start.ts'
import { runChaos } from '../../src/chaos/run-chaos.ts'

// The short form of `npm run chaos`, on a stack of its own since its parts are killed. CHAOS_SEED repeats a plan.

let started: StartedStack
const home = join(tmpdir(), uniqueName('headwater-chaos'))

beforeAll(async () => {
  const { PATH, HOME, HEADWATER_CACHE } = process.env
  started = await startTestStack({
    home,
    env: { PATH, HOME, HEADWATER_CACHE },
  })
})
afterAll(async () => {
  await started?.stop()
  await rm(home, { recursive: true, force: true })
})

it('nothing is lost, nothing counted twice and every answer right, whatever is killed, frozen or sent again', async () => {
  if (started.stack === undefined) throw new Error('Killing parts needs the embedded stack: install Java 17 and Maven')
  const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000)
  console.log(`chaos seed ${seed}`)
  const lines: string[] = []
  const { signal } = new AbortController()
  const report = await runChaos({
    ...{ stack: started.stack, seed, minutes: 5, rounds: 1, recordsPerSecond: 300, questions: 100 },
    ...{ pause: { least: 1_000, most: 2_000 }, patienceMs: null, foldWithinMs: 180_000 },
    ...{ ending: signal, hurrying: signal, progressMs: 5_000, onProgress: sinceStart((line) => lines.push(line)) },
  })
  const told = [...lines, reportMarkdown(report)].join('\n')
  if (process.env['CHAOS_TELL'] !== undefined) console.log(told)
  expect(report.findings, told).toEqual([])
  expect(new Set(report.faults.map(({ kind }) => kind)), told).toEqual(new Set(faultKinds))
  expect(report.duplicates, told).toBeGreaterThan(0)
  expect(report.poison, told).toBeGreaterThan(0)
  expect(report.questions, told).toBe(100)
}, 600_000)
