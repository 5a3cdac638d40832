import { describe, expect, it } from 'vitest'
import { Lane } from '../../src/load/lane.ts'

const limits = { atOnce: 2, waiting: 2, waitMs: 60_000 }
const { signal } = new AbortController()

async function entered(lane: Lane, by = signal): Promise<() => void> {
  const leave = await lane.enter(by)
  if (typeof leave === 'string') throw new Error(leave)
  return leave
}

describe('a lane', () => {
  it('lets so many in at once, so many wait in order, and refuses the next', async () => {
    const lane = new Lane(limits)
    const [first, second] = [await entered(lane), await entered(lane)]
    const order: string[] = []
    const inTurn = async (name: string) => {
      const leave = await entered(lane)
      order.push(name)
      return leave
    }
    const [third, fourth] = [inTurn('third'), inTurn('fourth')]
    expect(await lane.enter(signal)).toBe('queue_full')
    expect([lane.running, lane.waiting]).toEqual([2, 2])
    second()
    second() // leaves once
    ;(await third)()
    ;(await fourth)()
    expect(order).toEqual(['third', 'fourth'])
    first()
    expect([lane.running, lane.waiting]).toEqual([0, 0])
  })

  it('refuses who waited too long', async () => {
    const lane = new Lane({ ...limits, atOnce: 1, waitMs: 1 })
    const leave = await entered(lane)
    expect(await lane.enter(signal)).toBe('waited_too_long')
    expect([lane.running, lane.waiting]).toEqual([1, 0])
    leave()
  })

  it('forgets who gives up, with the reason', async () => {
    const lane = new Lane({ ...limits, atOnce: 1 })
    const leave = await entered(lane)
    const controller = new AbortController()
    const waiting = entered(lane, controller.signal)
    const gone = new Error('gone')
    controller.abort(gone)
    await expect(waiting).rejects.toBe(gone)
    await expect(entered(lane, controller.signal)).rejects.toBe(gone)
    leave()
    expect([lane.running, lane.waiting]).toEqual([0, 0])
  })
})
