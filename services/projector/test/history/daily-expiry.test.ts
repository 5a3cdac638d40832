import { describe, expect, it } from 'vitest'
import { DailyExpiry, type DailyExpiryOptions } from '../../src/history/daily-expiry.ts'

const day = 86_400_000
const today = 20_000 * day

function expiry(options: Partial<DailyExpiryOptions> = {}) {
  const horizons: number[] = []
  const errors: string[] = []
  const clock = { now: today + 5_000 }
  const subject = new DailyExpiry({
    keepMs: 90 * day,
    expire: async (horizon) => horizons.push(horizon) > 0,
    isResponsible: () => true,
    now: () => clock.now,
    onError: ({ message }) => errors.push(message),
    ...options,
  })
  return { subject, horizons, errors, clock }
}

describe('daily expiry', () => {
  it('expires older history once a day, at midnight UTC', async () => {
    const { subject, horizons, clock } = expiry()
    for (const ms of [0, 1_000, day - 5_000, day]) {
      clock.now = today + 5_000 + ms
      await subject.expireIfDue()
    }
    expect(horizons).toEqual([today - 90 * day, today - 89 * day])
  })

  it('does nothing while another projector is responsible', async () => {
    const { subject, horizons } = expiry({ isResponsible: () => false })
    await subject.expireIfDue()
    expect(horizons).toEqual([])
  })

  it('retries ten minutes after an error, or after finding the log not folded far enough', async () => {
    const answers = ['error', false, true]
    const tried: number[] = []
    const { subject, errors, clock } = expiry({
      expire: async (horizon) => {
        tried.push(horizon)
        const answer = answers[tried.length - 1]
        if (answer === 'error') throw new Error('away')
        return answer === true
      },
    })
    for (const minutes of [0, 5, 11, 22, 33, 44]) {
      clock.now = today + minutes * 60_000
      await subject.expireIfDue()
    }
    expect(tried).toHaveLength(3)
    expect(errors).toEqual(['away'])
  })

  it('runs one expiry at a time', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let calls = 0
    const { subject } = expiry({
      async expire() {
        calls++
        await held
        return true
      },
    })
    const first = subject.expireIfDue()
    await subject.expireIfDue()
    release()
    await first
    expect(calls).toBe(1)
  })
})
