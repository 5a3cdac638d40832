import { describe, expect, it } from 'vitest'
import { ConsumerStatus, createStallWatch, type Reading } from '../../src/index.ts'

function watching(status = new ConsumerStatus()) {
  const stalls: string[] = []
  const options = { topic: 'events', periodMs: 1_000, stalledAfterMs: 10_000, status }
  const watch = createStallWatch({ ...options, onStall: (error) => stalls.push(`${error.code} ${error.message}`) })
  /** Checks so many times. @param at readings `[next, end]` by partition, at each check */
  function check(times: number, at: (n: number) => Readonly<Record<number, readonly [number, number]>> | undefined) {
    for (let n = 0; n < times; n++) {
      const found = at(n)
      watch.check(
        found && new Map(Object.entries(found).map(([partition, [next, end]]) => [Number(partition), { next, end }])),
      )
    }
    return stalls
  }
  return { check, stalls, status }
}

const stuck = () => ({ 0: [5, 9] }) as const
const told = 'CONSUMER_STALLED The consumer is connected and has read nothing from events:0:5 (4 wait) for 10 s'

describe('the watch of a consumer that lives', () => {
  it('reports one that reads nothing while records wait, and again if that goes on', () => {
    const { check } = watching()
    expect(check(10, stuck)).toEqual([])
    expect(check(1, stuck)).toEqual([told])
    expect(check(11, stuck)).toEqual([told, told])
  })

  it('reports none that reads, has nothing to read, or has something else to do first', () => {
    const { check } = watching()
    check(50, (n) => ({ 0: [n, 900] }))
    check(50, () => ({ 0: [9, 9] }))
    check(50, (n) => (n % 9 === 0 ? undefined : { 0: [5, 9] }))
    expect(check(50, () => ({}))).toEqual([])
  })

  it('reports one partition that is not read while others are, and none that waits behind others that catch up', () => {
    const { check, stalls } = watching()
    check(50, (n) => ({ 0: [5, 9], 1: [n * 100, 90_000] })) // brokers fill their answers from the first partition
    expect(stalls).toEqual([])
    check(20, (n) => ({ 0: [5, 9], 1: [n * 100, n * 100 + 3] }))
    expect(stalls).toEqual([told])
  })

  it('counts one that was started again as stalled until it reads', () => {
    const { check, status } = watching()
    status.ended(Object.assign(new Error('other'), { retryable: true }))
    expect(status.now.state).toBe('retrying')
    const watch = createStallWatch({
      ...{ topic: 'events', periodMs: 1_000, stalledAfterMs: 2_000, status },
      onStall: (error) => status.ended(error),
    })
    const readings = (next: number): ReadonlyMap<number, Reading> => new Map([[0, { next, end: 9 }]])
    for (let n = 0; n < 3; n++) watch.check(readings(5))
    expect(status.problem).toMatch(/^stalled since .*has read nothing from events:0:5/)
    status.assigned()
    check(2, stuck)
    expect(status.now.state).toBe('stalled')
    check(1, () => ({ 0: [7, 9] }))
    expect(status.now.state).toBe('consuming')
  })
})
