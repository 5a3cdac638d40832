import { expect, test } from 'vitest'
import { defaultCrashPolicy, judgeCrash } from '../../src/process/crash-policy.ts'

const policy = { firstDelayMs: 100, maxDelayMs: 500, healthyAfterMs: 10_000, failingAfter: 5 }

test('crashes in a row are answered more and more slowly, and for ever', () => {
  const verdicts = [0, 1, 2, 3, 4, 999].map((before) => judgeCrash(policy, before, 1_000))
  expect(verdicts).toEqual([
    { crashes: 1, delayMs: 100, isFailing: false },
    { crashes: 2, delayMs: 200, isFailing: false },
    { crashes: 3, delayMs: 400, isFailing: false },
    { crashes: 4, delayMs: 500, isFailing: false },
    { crashes: 5, delayMs: 500, isFailing: true },
    { crashes: 1_000, delayMs: 500, isFailing: true },
  ])
  expect(judgeCrash(defaultCrashPolicy, 5_000, 0).delayMs).toBe(60_000)
})

test('a healthy run makes the crashes before it count no more', () => {
  expect(judgeCrash(policy, 4, 10_000)).toEqual({ crashes: 1, delayMs: 100, isFailing: false })
})
