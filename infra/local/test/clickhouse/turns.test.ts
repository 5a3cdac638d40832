import { expect, test } from 'vitest'
import { createTurns } from '../../src/clickhouse/turns.ts'

function work(log: string[], name: string) {
  let finish: () => void = () => undefined
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  const run = () => {
    log.push(name)
    return done
  }
  return { finish, run }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('no more than the limit run at once, and the rest follow in order of arrival', async () => {
  const log: string[] = []
  const turns = createTurns(2)
  const { signal } = new AbortController()
  const jobs = ['a', 'b', 'c', 'd'].map((name) => work(log, name))
  const all = jobs.map((job) => turns.take(signal, job.run))
  await settled()
  expect(log).toEqual(['a', 'b'])
  jobs[1]?.finish()
  await settled()
  expect(log).toEqual(['a', 'b', 'c'])
  for (const job of jobs) job.finish()
  await Promise.all(all)
  expect(log).toEqual(['a', 'b', 'c', 'd'])
})

test('a caller that aborts while waiting leaves the queue and never runs', async () => {
  const log: string[] = []
  const turns = createTurns(1)
  const impatient = new AbortController()
  const { signal } = new AbortController()
  const [first, second, third] = ['a', 'b', 'c'].map((name) => work(log, name))
  const all = [
    turns.take(signal, first!.run),
    turns.take(impatient.signal, second!.run),
    turns.take(signal, third!.run),
  ]
  impatient.abort()
  await all[1]
  first!.finish()
  third!.finish()
  await Promise.all(all)
  expect(log).toEqual(['a', 'c'])
})

test('work that fails gives its turn on', async () => {
  const turns = createTurns(1)
  const { signal } = new AbortController()
  const failing = turns.take(signal, () => Promise.reject(new Error('no')))
  const next = turns.take(signal, async () => undefined)
  await expect(failing).rejects.toThrow('no')
  await next
})
