import { describe, expect, it } from 'vitest'
import {
  type FoldingWait,
  type GroupState,
  partitionsAfter,
  waitUntilFolded,
} from '../../src/replay/unfolded-records.ts'

it('finds partitions with records after the positions, but for offsets that the group has passed', () => {
  const watermarks = new Map([
    [0, { low: 0, high: 10 }],
    [1, { low: 0, high: 10 }],
    [2, { low: 0, high: 11 }],
    [3, { low: 4, high: 4 }],
    [4, { low: 4, high: 6 }],
  ])
  const positions = new Map([
    [0, 9],
    [1, 7],
    [2, 9],
  ])
  const committed = new Map([
    [1, 8],
    [2, 11], // a transaction's marker
    [4, -1],
  ])
  expect(partitionsAfter(watermarks, positions, committed)).toEqual([1, 4])
})

describe('the wait for the projectors', () => {
  const stable: GroupState = { isStable: true, members: 1 }
  const empty: GroupState = { isStable: false, members: 0 }
  const rebalancing: GroupState = { isStable: false, members: 1 }

  /** @param stateAt by seconds; live offset by seconds */
  async function outcome(stateAt: (second: number) => GroupState, liveAt: (second: number) => number) {
    let ms = 0
    const details: string[] = []
    const wait: FoldingWait = {
      partitions: [0],
      from: new Map([[0, 5]]),
      live: async () => new Map([[0, liveAt(ms / 1_000)]]),
      group: async () => stateAt(ms / 1_000),
      sessionTimeoutMs: 10_000,
      pause: async (pauseMs) => {
        ms += pauseMs
      },
      now: () => ms,
      onWaiting: (detail) => details.push(detail),
    }
    return { outcome: await waitUntilFolded(wait), seconds: Math.round(ms / 1_000), details: [...new Set(details)] }
  }

  it('ends when a successor has gone on, which takes until the session of the dead one ends', async () => {
    const states = (second: number) => (second < 10 ? stable : rebalancing)
    expect(await outcome(states, (second) => (second < 25 ? 5 : 6))).toEqual({
      outcome: 'folded',
      seconds: 25,
      details: [
        '1 partition has records that are not folded yet',
        '1 partition has records that are not folded yet; the projectors rebalance',
      ],
    })
  })

  it('ends when nobody has joined for a session timeout after the dead one was removed', async () => {
    const found = await outcome(
      (second) => (second < 8 ? stable : empty),
      () => 5,
    )
    expect(found).toMatchObject({ outcome: 'nobody', seconds: 18 })
    expect(found.details).toContain('1 partition has records that are not folded yet; no projector is running')
  })

  it('ends when living projectors do not go on', async () => {
    expect(
      await outcome(
        () => stable,
        () => 5,
      ),
    ).toMatchObject({ outcome: 'stuck', seconds: 30 })
    expect(
      await outcome(
        () => rebalancing,
        () => 5,
      ),
    ).toMatchObject({ outcome: 'stuck', seconds: 60 })
  })
})
