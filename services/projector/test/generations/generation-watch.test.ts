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
    return watch.refresh()
  }
  return { watch, source, becomes }
}

/** The state of a promise after all pending microtasks. */
async function situationOf(promise: Promise<void>): Promise<'waits' | 'passed'> {
  const turn = new Promise<'waits'>((resolve) => setImmediate(() => resolve('waits')))
  return Promise.race([promise.then(() => 'passed' as const), turn])
}

const never = new AbortController().signal

describe('watching generations', () => {
  it('waits only while a replay compares tables', async () => {
    const { watch, becomes } = await watching({ generation: 0, paused: false })
    expect(await situationOf(watch.waitWhilePaused(never))).toBe('passed')
    await becomes({ generation: 0, paused: true })
    const held = watch.waitWhilePaused(never)
    expect(await situationOf(held)).toBe('waits')
    await becomes({ generation: 0, paused: true })
    expect(await situationOf(held)).toBe('waits')
    await becomes({ generation: 0, paused: false })
    expect(await situationOf(held)).toBe('passed')
    expect(await situationOf(watch.waitWhilePaused(never))).toBe('passed')
  })

  it('waits from its beginning, until the signal aborts', async () => {
    const { watch } = await watching({ generation: 2, paused: true })
    const stopping = new AbortController()
    const held = watch.waitWhilePaused(stopping.signal)
    expect(await situationOf(held)).toBe('waits')
    stopping.abort()
    expect(await situationOf(held)).toBe('passed')
    expect(await situationOf(watch.waitWhilePaused(stopping.signal))).toBe('passed')
  })

  it('is superseded by a later generation, and keeps its own generation', async () => {
    const { watch, becomes } = await watching({ generation: 1, paused: false })
    await becomes({ generation: 1, paused: false })
    expect(await situationOf(watch.superseded)).toBe('waits')
    await becomes({ generation: 2, paused: false })
    expect(await situationOf(watch.superseded)).toBe('passed')
    expect(watch.generation).toBe(1)
  })

  it('keeps the previous state when reading fails', async () => {
    const { watch, source } = await watching({ generation: 0, paused: true })
    source.fails = true
    await expect(watch.refresh()).rejects.toThrow('away')
    expect(await situationOf(watch.waitWhilePaused(never))).toBe('waits')
  })
})
