import { expect, test } from 'vitest'
import { judgeCrash } from '../../src/process/crash-policy.ts'

const policy = { firstDelayMs: 100, maxDelayMs: 500, healthyAfterMs: 10_000, maxCrashes: 5 }

test('crashes in a row are answered more and more slowly, and then no more', () => {
  const verdicts = [0, 1, 2, 3, 4].map((before) => judgeCrash(policy, before, 1_000))
  expect(verdicts).toEqual([
    { kind: 'restart', crashes: 1, delayMs: 100 },
    { kind: 'restart', crashes: 2, delayMs: 200 },
    { kind: 'restart', crashes: 3, delayMs: 400 },
    { kind: 'restart', crashes: 4, delayMs: 500 },
    { kind: 'give up', crashes: 5 },
  ])
})

test('a healthy run makes the crashes before it count no more', () => {
  expect(judgeCrash(policy, 4, 10_000)).toEqual({ kind: 'restart', crashes: 1, delayMs: 100 })
})
