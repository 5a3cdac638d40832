import { fileURLToPath } from 'node:url'
import { eventually, startWholeSystem, type WholeSystem } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWithoutPython, runPythonClient } from '../../src/processes/python-clients.ts'
import { type Fate, startUnreliableProxy } from '../../src/processes/unreliable-proxy.ts'

// The client itself, from PyPI, not a copy of its requests. Each event is accounted for: the client must give up none, and what the
// gateway acknowledged must be in the tables, so that a failure says whether the client or Headwater lost it.

const runs = 100
const script = fileURLToPath(new URL('emit.py', import.meta.url))

/** Four in ten tries fail in one way or another, at most two of an event: both clients try six times. */
const fates: readonly (readonly Fate[])[] = [
  ...[['pass'], ['cutAfter', 'pass'], ['refuse', 'refuse', 'pass'], ['cutBefore', 'pass'], ['pass']],
  ...[['cutAfter', 'refuse', 'pass'], ['refuse', 'cutBefore', 'pass'], ['pass'], ['pass'], ['cutBefore', 'pass']],
] as (readonly Fate[])[]
const failing = (index: number): readonly Fate[] => fates[index % fates.length] ?? []

/** What emit.py prints. */
type ClientReport = {
  readonly closed: boolean
  readonly givenUp: number
  readonly pending: number
  readonly errors: readonly string[]
}

/** An event as `<run id> STARTED` or `<run id> SUCCEEDED`. */
const emitted: readonly string[] = Array.from({ length: runs }, (_, number) => {
  const runId = `0197a3c0-0000-7000-8000-${String(number).padStart(12, '0')}`
  return [`${runId} STARTED`, `${runId} SUCCEEDED`]
}).flat()

function nameOf(body: string): string {
  const { run, eventType } = JSON.parse(body) as { run: { runId: string }; eventType: string }
  return `${run.runId} ${eventType === 'START' ? 'STARTED' : 'SUCCEEDED'}`
}

describe.skipIf(isWithoutPython)('the official Python client', () => {
  let system: WholeSystem
  beforeAll(async () => {
    system = await startWholeSystem()
  })
  afterAll(() => system?.end())

  /** Emits all events through a proxy that fails. @returns the events that the gateway acknowledged */
  async function emit(namespace: string, transport: object): Promise<readonly string[]> {
    const proxy = await startUnreliableProxy(system.gateway.url, failing)
    try {
      const config = JSON.stringify({ ...transport, timeout: 60, url: proxy.url })
      const { code, output } = await runPythonClient('python', [script, config, namespace, String(runs)], {})
      expect(code, output).toBe(0)
      const report = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as ClientReport
      expect(report, `The client gave up events or did not send them in time; its output: ${output}`).toEqual({
        ...{ closed: true, givenUp: 0, pending: 0, errors: [] },
      })
      expect(Math.min(...Object.values(proxy.counts)), 'requests of the rarest fate').toBeGreaterThan(0)
      return [...proxy.acknowledged].map(nameOf).sort()
    } finally {
      await proxy.close()
    }
  }

  async function factsOf(namespace: string): Promise<readonly string[]> {
    const rows = await system.rows<{ run_id: string; state: string }>(
      `SELECT run_id, state FROM run_facts FINAL WHERE job_namespace = '${namespace}'`,
    )
    return rows.map(({ run_id, state }) => `${run_id} ${state}`).sort()
  }

  async function losesNothing(namespace: string, transport: object): Promise<void> {
    const acknowledged = await emit(namespace, transport)
    expect(acknowledged, 'The client reports events as delivered that the gateway did not acknowledge').toEqual(emitted)
    await eventually(async () => {
      const facts = await factsOf(namespace)
      expect(facts, 'Headwater lost or doubled events that its gateway acknowledged').toEqual(acknowledged)
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
    await losesNothing('http-client', { type: 'http', compression: 'gzip' })
  }, 180_000)

  it('over async_http loses and doubles nothing, whatever is refused or cut', async () => {
    await losesNothing('async-client', { type: 'async_http', max_concurrent_requests: 20 })
  }, 180_000)
})
