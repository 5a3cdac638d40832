import { describe, expect, it } from 'vitest'
import { HistoryKeeper, type HistoryKeeperOptions } from '../../src/history/history-keeper.ts'

const day = 86_400_000
const today = 20_000 * day

function keeper(parts: Partial<HistoryKeeperOptions> = {}) {
  const horizons: number[] = []
  const errors: string[] = []
  const clock = { now: today + 5_000 }
  const subject = new HistoryKeeper({
    keepMs: 90 * day,
    expire: async (horizon) => horizons.push(horizon) > 0,
    isChosen: () => true,
    now: () => clock.now,
    onError: ({ message }) => errors.push(message),
    ...parts,
  })
  return { subject, horizons, errors, clock }
}

describe('a keeper of history', () => {
  it('lets what is older expire once a day, at midnight UTC', async () => {
    const { subject, horizons, clock } = keeper()
    for (const ms of [0, 1_000, day - 5_000, day]) {
      clock.now = today + 5_000 + ms
      await subject.look()
    }
    expect(horizons).toEqual([today - 90 * day, today - 89 * day])
  })

  it('does nothing while another is chosen', async () => {
    const { subject, horizons } = keeper({ isChosen: () => false })
    await subject.look()
    expect(horizons).toEqual([])
  })

  it('tries again later after an error, and when it was not time yet', async () => {
    const answers = ['error', false, true]
    const tried: number[] = []
    const { subject, errors, clock } = keeper({
      expire: async (horizon) => {
        tried.push(horizon)
        const answer = answers[tried.length - 1]
        if (answer === 'error') throw new Error('away')
        return answer === true
      },
    })
    for (const minutes of [0, 5, 11, 22, 33, 44]) {
      clock.now = today + minutes * 60_000
      await subject.look()
    }
    expect(tried).toHaveLength(3)
    expect(errors).toEqual(['away'])
  })

  it('does one at a time', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let calls = 0
    const { subject } = keeper({
      async expire() {
        calls++
        await held
        return true
      },
    })
    const first = subject.look()
    await subject.look()
    release()
    await first
    expect(calls).toBe(1)
  })
})
