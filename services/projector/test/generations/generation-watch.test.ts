import { describe, expect, it } from 'vitest'
import { type GenerationState, GenerationWatch } from '../../src/generations/generation-watch.ts'

async function watching(first: GenerationState) {
  const source = { state: first, fails: false }
  const watch = await GenerationWatch.begin(async () => {
    if (source.fails) throw new Error('away')
    return source.state
  })
  const becomes = (state: GenerationState) => {
    source.state = state
    return watch.look()
  }
  return { watch, source, becomes }
}

/** What has happened when everything that can happen at once has. */
async function situationOf(promise: Promise<void>): Promise<'waits' | 'passed'> {
  const turn = new Promise<'waits'>((resolve) => setImmediate(() => resolve('waits')))
  return Promise.race([promise.then(() => 'passed' as const), turn])
}

const never = new AbortController().signal

describe('a watch of generations', () => {
  it('lets pass while nothing is compared, holds while something is, and lets pass again', async () => {
    const { watch, becomes } = await watching({ generation: 0, paused: false })
    expect(await situationOf(watch.hold(never))).toBe('passed')
    await becomes({ generation: 0, paused: true })
    const held = watch.hold(never)
    expect(await situationOf(held)).toBe('waits')
    await becomes({ generation: 0, paused: true })
    expect(await situationOf(held)).toBe('waits')
    await becomes({ generation: 0, paused: false })
    expect(await situationOf(held)).toBe('passed')
    expect(await situationOf(watch.hold(never))).toBe('passed')
  })

  it('holds from its beginning, and no longer than it is asked to', async () => {
    const { watch } = await watching({ generation: 2, paused: true })
    const stopping = new AbortController()
    const held = watch.hold(stopping.signal)
    expect(await situationOf(held)).toBe('waits')
    stopping.abort()
    expect(await situationOf(held)).toBe('passed')
    expect(await situationOf(watch.hold(stopping.signal))).toBe('passed')
  })

  it('is superseded by a later generation, and keeps its own', async () => {
    const { watch, becomes } = await watching({ generation: 1, paused: false })
    await becomes({ generation: 1, paused: false })
    expect(await situationOf(watch.superseded)).toBe('waits')
    await becomes({ generation: 2, paused: false })
    expect(await situationOf(watch.superseded)).toBe('passed')
    expect(watch.generation).toBe(1)
  })

  it('goes by what it knew while nothing can be asked', async () => {
    const { watch, source } = await watching({ generation: 0, paused: true })
    source.fails = true
    await expect(watch.look()).rejects.toThrow('away')
    expect(await situationOf(watch.hold(never))).toBe('waits')
  })
})
