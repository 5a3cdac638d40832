import { fileURLToPath } from 'node:url'
import { eventually, startWholeSystem, type WholeSystem } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutPython, runPythonClient } from '../../src/processes/python-clients.ts'
import { type Fate, startUnreliableProxy } from '../../src/processes/unreliable-proxy.ts'

// The client itself, from PyPI, not a copy of its requests.

const runs = 100
const script = fileURLToPath(new URL('emit.py', import.meta.url))

/** Four requests of ten fail, no more than two in a row, in each way that there is. */
const fates: readonly Fate[] = [
  ...(['pass', 'cutAfter', 'pass', 'refuse', 'refuse', 'pass', 'cutBefore', 'pass', 'pass', 'pass'] as const),
]
const unreliably = (index: number): Fate => fates[index % fates.length] as Fate

describe.skipIf(isWithoutPython)('the official Python client', () => {
  let system: WholeSystem
  beforeAll(async () => {
    system = await startWholeSystem()
  })
  afterAll(() => system?.end())

  async function emit(namespace: string, transport: object): Promise<Readonly<Record<Fate, number>>> {
    const proxy = await startUnreliableProxy(system.gateway.url, unreliably)
    try {
      const config = JSON.stringify({ ...transport, url: proxy.url })
      const { code, output } = await runPythonClient('python', [script, config, namespace, String(runs)], {})
      expect(code, output).toBe(0)
      expect(output).toContain('"closed": true')
      return proxy.counts
    } finally {
      await proxy.close()
    }
  }

  /** Each of the runs, once, whole. */
  async function expectEachRunOnce(namespace: string): Promise<void> {
    await eventually(async () => {
      const [facts] = await system.rows<{ facts: number; runs: number }>(
        `SELECT count() AS facts, uniqExact(run_id) AS runs FROM run_facts FINAL WHERE job_namespace = '${namespace}'`,
      )
      expect(facts).toEqual({ facts: 2 * runs, runs })
    }, 60_000)
    const key = `postgres://warehouse/${namespace}/public/t3`
    expect(await system.ask('asset', { key })).toMatchObject({
      materializations: { SUCCEEDED: runs / 10, FAILED: 0, STARTED: 0 },
      degree: { upstream: 1 },
    })
    expect(await system.ask('lineage', { key, direction: 'upstream' })).toMatchObject({
      nodes: [{ key }, { key: `s3://${namespace}/raw/part_3` }],
      edges: [{ jobs: [{ jobName: 'nightly.load_3', runs: runs / 10 }] }],
    })
  }

  it('over http with gzip loses and doubles nothing, whatever is refused or cut', async () => {
    const counts = await emit('http-client', { type: 'http', compression: 'gzip' })
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
    await expectEachRunOnce('http-client')
  }, 180_000)

  it('over async_http loses and doubles nothing, whatever is refused or cut', async () => {
    const counts = await emit('async-client', { type: 'async_http', max_concurrent_requests: 20 })
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
    await expectEachRunOnce('async-client')
  }, 180_000)
})
