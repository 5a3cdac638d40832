import { expect, test } from 'vitest'
import { addMetadata, addMetrics, addOutput, asset, currentRun, reference } from '../../src/index.ts'
import { testProducer } from '../helpers/test-producer.ts'

test('a flow is a run without outputs, and the parent of the runs inside', async () => {
  const { flow, materialize, transport, flush } = testProducer()
  const write = materialize('s3://a/b', () => 1)
  await flow(
    'nightly',
    async () => {
      reference('s3://a/config')
      addMetadata({ day: 'monday' })
      await write()
    },
    { by: 'cron', namespace: 'ops' },
  )()
  await flush()
  const [started, inner, ended] = transport.runs()
  const parent = { jobNamespace: 'ops', jobName: 'nightly', runId: started?.runId }
  expect(started).toMatchObject({
    state: 'STARTED',
    job: { namespace: 'ops', name: 'nightly', type: 'flow' },
    by: 'cron',
  })
  expect(inner).toMatchObject({ parent, root: parent, job: { namespace: 'shop' } })
  expect(ended).toMatchObject({
    state: 'SUCCEEDED',
    runId: started?.runId,
    parent: null,
    root: null,
    outputs: [],
    inputs: [{ key: 's3://a/config' }],
    metadata: { day: '"monday"' },
  })
})

test('a flow in a flow has a parent, and all runs have the same root', async () => {
  const { flow, materialize, transport, flush } = testProducer()
  const write = materialize('s3://a/b', () => 1)
  const inner = flow('inner', () => write(), { announce: false })
  await flow('outer', () => inner(), { announce: false })()
  await flush()
  const [run, innerRun, outerRun] = transport.runs()
  const root = { jobNamespace: 'shop', jobName: 'outer', runId: outerRun?.runId }
  expect(innerRun).toMatchObject({ parent: root, root })
  expect(run).toMatchObject({ parent: { jobName: 'inner', runId: innerRun?.runId }, root })
})

test('a failure inside fails the flow with the same error', async () => {
  const { flow, materialize, transport, flush } = testProducer()
  const error = new Error('no disk')
  const write = materialize('s3://a/b', () => {
    throw error
  })
  await expect(flow('nightly', () => write())()).rejects.toBe(error)
  await flush()
  expect(transport.runs().map(({ job, state }) => [job.name, state])).toEqual([
    ['nightly', 'STARTED'],
    ['s3://a/b', 'FAILED'],
    ['nightly', 'FAILED'],
  ])
})

test('values keep their upstreams on the way into a flow and out of it', async () => {
  const { flow, materialize, transport, flush } = testProducer()
  const a = materialize('s3://a/a', () => ({ a: 1 }))
  const b = materialize('s3://a/b', (_: unknown) => ({ b: 1 }))
  const c = materialize('s3://a/c', (..._: unknown[]) => {})
  const inner = flow('inner', async (given: object) => ({ made: await b(given) }))
  await flow('outer', async () => c(await inner(await a())))()
  await flush()
  expect(transport.edges().map(({ from, to }) => [from, to])).toEqual([
    ['s3://a/a', 's3://a/b'],
    ['s3://a/b', 's3://a/c'],
  ])
})

test('a result without values made inside has everything made inside as upstreams', async () => {
  const { flow, materialize, transport, flush } = testProducer()
  const a = materialize('s3://a/a', () => 1)
  const b = materialize('s3://a/b', () => 2)
  const c = materialize('s3://a/c', (_: unknown) => {})
  const summary = await flow('inner', async () => ({ total: (await a()) + (await b()) }))()
  await c(summary)
  await flush()
  expect(transport.upstreamsOf('s3://a/c')).toEqual(['s3://a/a', 's3://a/b'])
})

test('outputs in a flow give a warning', async () => {
  const { flow, transport, flush, warnings } = testProducer()
  await flow('nightly', () => {
    addMetrics({ rows: 1 })
    addOutput(asset('s3://a/b'))
    asset('not a key')
    reference('not a key')
  })()
  await flush()
  expect(transport.runs().map(({ state, outputs, inputs }) => [state, outputs, inputs])).toEqual([
    ['STARTED', [], []],
    ['SUCCEEDED', [], []],
  ])
  expect(warnings.map(({ code }) => code)).toEqual(['NOT_AN_OUTPUT', 'NOT_AN_OUTPUT', 'INVALID_KEY'])
})

test('`after` with a function adds what that function wrote in this flow', async () => {
  const { flow, materialize, transport, flush } = testProducer()
  const shard = materialize(
    (day, n) => `s3://${day}/${n}`,
    { name: 'shard' },
    (_day: string, n: number) => n,
  )
  const merge = materialize(
    (day) => `s3://${day}/all`,
    { name: 'merge', deps: [shard] },
    (_day: string) => {},
  )
  const daily = flow('daily', async (day: string) => {
    await Promise.all([1, 2].map((n) => shard(day, n)))
    await merge(day)
  })
  await Promise.all(['mon', 'tue'].map((day) => daily(day)))
  await flush()
  expect(transport.upstreamsOf('s3://mon/all')).toEqual(['s3://mon/1', 's3://mon/2'])
  expect(transport.upstreamsOf('s3://tue/all')).toEqual(['s3://tue/1', 's3://tue/2'])
})

test('runs of two producers nest in the same flow', async () => {
  const left = testProducer({ namespace: 'left' })
  const right = testProducer({ namespace: 'right' })
  const a = left.materialize('s3://a/a', () => ({}))
  const b = right.materialize('s3://a/b', (_: object) => currentRun()?.job.namespace)
  expect(await left.flow('both', async () => b(await a()))()).toBe('right')
  await right.flush()
  expect(right.transport.upstreamsOf('s3://a/b')).toEqual(['s3://a/a'])
  expect(right.transport.runs()[0]?.parent?.jobNamespace).toBe('left')
})
