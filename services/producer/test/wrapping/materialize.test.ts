import { expect, expectTypeOf, test } from 'vitest'
import { asset } from '../../src/index.ts'
import { testProducer } from '../helpers/test-producer.ts'

const orders = 'postgres://shop/db/public/orders'

test('a run is one event with its inputs, outputs and times', async () => {
  let clock = 1_000
  const { materialize, transport, flush } = testProducer({ now: () => clock })
  const load = materialize(
    asset(orders, { name: 'Orders', owners: ['sales'] }),
    { name: 'load', by: 'dbt', type: 'model', deps: ['s3://raw/orders'], interval: { start: new Date(1), end: 2 } },
    () => {
      clock = 1_500
    },
  )
  await load()
  await flush()
  expect(transport.events).toHaveLength(1)
  expect(transport.runs()[0]).toEqual({
    eventId: expect.stringMatching(/-7/),
    occurredAt: 1_500,
    producer: 'headwater-producer/0.1.0',
    runId: expect.stringMatching(/-7/),
    job: { namespace: 'shop', name: 'load', type: 'model' },
    state: 'SUCCEEDED',
    startedAt: 1_000,
    nominalStart: 1,
    nominalEnd: 2,
    parent: null,
    root: null,
    by: 'dbt',
    error: null,
    inputs: [{ key: 's3://raw/orders', properties: null }],
    outputs: [
      {
        key: orders,
        inputs: null,
        properties: { name: 'Orders', description: null, url: null, owners: ['sales'] },
        metadata: {},
        metrics: {},
        schema: null,
        columnLineage: [],
        checks: [],
      },
    ],
    metadata: {},
  })
})

test('each call is a run', async () => {
  const { materialize, transport, flush } = testProducer()
  const load = materialize(orders, () => 1)
  await Promise.all([load(), load(), load()])
  await flush()
  expect(new Set(transport.runs().map(({ runId }) => runId)).size).toBe(3)
})

test('a job is named by the option, else by the function, else by the first key', async () => {
  const { materialize, transport, flush } = testProducer()
  await materialize(orders, { name: 'given', namespace: 'team' }, function inner() {})()
  await materialize(orders, function inner() {})()
  await materialize([orders, 's3://b/c'], () => {})()
  await flush()
  expect(transport.runs().map(({ job }) => [job.namespace, job.name])).toEqual([
    ['team', 'given'],
    ['shop', 'inner'],
    ['shop', orders],
  ])
})

test('several assets are outputs of one run', async () => {
  const { materialize, transport, flush } = testProducer()
  await materialize(['s3://a/1', asset('s3://a/2'), (n: number) => `s3://a/${n}`], { name: 'all' }, (_: number) => {})(
    3,
  )
  await flush()
  expect(transport.runs()[0]?.outputs.map(({ key }) => key)).toEqual(['s3://a/1', 's3://a/2', 's3://a/3'])
})

test('keys are computed from the arguments, also several', async () => {
  const { materialize, transport, flush } = testProducer()
  const split = materialize(
    (name, count) => Array.from({ length: count }, (_, n) => `s3://${name}/${n}`),
    {
      name: 'split',
    },
    (name: string, count: number) => name.repeat(count),
  )
  expectTypeOf(split).parameters.toEqualTypeOf<[string, number]>()
  expect(await split('x', 2)).toBe('xx')
  await flush()
  expect(transport.runs()[0]?.outputs.map(({ key }) => key)).toEqual(['s3://x/0', 's3://x/1'])
})

test('outputs with own inputs keep them separate', async () => {
  const { materialize, transport, flush } = testProducer()
  await materialize(
    [
      asset('s3://out/1', { from: ['s3://in/1'] }),
      asset('s3://out/2', { from: ['s3://in/2'] }),
      asset('s3://out/3', { from: [] }),
    ],
    () => {},
  )()
  await flush()
  expect(transport.edges().map(({ from, to }) => [from, to])).toEqual([
    ['s3://in/1', 's3://out/1'],
    ['s3://in/2', 's3://out/2'],
  ])
  expect(transport.runs()[0]?.inputs.map(({ key }) => key)).toEqual(['s3://in/1', 's3://in/2'])
})

test('own inputs of one output do not become inputs of another output', async () => {
  const { materialize, transport, flush } = testProducer()
  const outputs = [asset('s3://out/1', { from: ['s3://in/1'] }), 's3://out/2']
  await materialize(outputs, { deps: ['s3://in/2'] }, () => {})()
  await flush()
  expect(transport.upstreamsOf('s3://out/1')).toEqual(['s3://in/1'])
  expect(transport.upstreamsOf('s3://out/2')).toEqual(['s3://in/2'])
})

test('deps may be assets, functions that write them, or computed', async () => {
  const { materialize, transport, flush } = testProducer()
  const first = materialize('s3://a/1', () => 1)
  await materialize('s3://b/1', { deps: [first, asset('s3://a/2', { name: 'Two' })] }, () => {})()
  await materialize('s3://b/2', { deps: (day) => [`s3://a/${day}`] }, (_day: string) => {})('monday')
  await flush()
  expect(transport.upstreamsOf('s3://b/1')).toEqual(['s3://a/1', 's3://a/2'])
  expect(transport.upstreamsOf('s3://b/2')).toEqual(['s3://a/monday'])
  expect(transport.runs()[0]?.inputs[1]?.properties?.name).toBe('Two')
})

test.each([
  ['a key with a space', 's3://a b', 'Asset key "s3://a b" has a space at character 7'],
  ['a key without a scheme', 'orders', 'Asset key "orders" does not start with a scheme'],
  ['an empty key', '', 'An asset key is empty'],
  ['no string', undefined as unknown as string, 'An asset key must be a string, not undefined'],
])('%s throws at the declaration, before any run', (_, key, sentence) => {
  const { materialize, reference, transport } = testProducer()
  expect(() => materialize(key, () => {})).toThrow(sentence)
  expect(() => materialize(orders, { deps: [key] }, () => {})).toThrow(sentence)
  expect(() => materialize(asset(orders, { from: [key] }), () => {})).toThrow(sentence)
  expect(() => asset(key)).toThrow(sentence)
  expect(() => reference(key)).toThrow(RangeError)
  expect(transport.events).toEqual([])
})

test('a job without a name throws at the declaration', () => {
  const { materialize } = testProducer()
  expect(() =>
    materialize(
      (n: number) => `s3://a/${n}`,
      (_: number) => {},
    ),
  ).toThrow('requires the option "name"')
})

test('an invalid key computed in a run gives a warning, and the job continues', async () => {
  const { materialize, transport, flush, warnings, stats } = testProducer()
  const write = materialize(
    [
      (n) => `s3://a/${n}`,
      () => {
        throw new Error('no key today')
      },
    ],
    { name: 'write' },
    (n: string) => n,
  )
  expect(await write('not a key')).toBe('not a key')
  expect(await write('ok')).toBe('ok')
  await flush()
  expect(warnings.map(({ message }) => message)).toEqual([
    'Lineage could not compute an asset key of job write: no key today',
    expect.stringContaining(
      'Job write: an asset was left out. Asset key "s3://a/not a key" has a space at character 11',
    ),
  ])
  expect(stats().problems).toEqual({ INTERNAL: 2, INVALID_KEY: 1 })
  expect(transport.runs().map(({ outputs }) => outputs.map(({ key }) => key))).toEqual([[], ['s3://a/ok']])
})

test('arguments of `after` are upstreams of that call only', async () => {
  const { materialize, transport, flush } = testProducer()
  const count = materialize('s3://a/count', () => 42)
  const load = materialize('s3://b/load', (rows: number) => rows)
  expect(await load.after(count)(await count())).toBe(42)
  await flush()
  expect(transport.upstreamsOf('s3://b/load')).toEqual(['s3://a/count'])
  transport.clear()
  await load(1)
  await flush()
  expect(transport.upstreamsOf('s3://b/load')).toEqual([])
})

test('`after` takes keys, assets, promises and results', async () => {
  const { materialize, transport, flush } = testProducer()
  const count = materialize('s3://a/count', () => 42)
  const rows = materialize('s3://a/rows', () => [1])
  const counting = count()
  const load = materialize('s3://b/load', () => {})
  await load.after(counting, await rows()).after('s3://a/key', asset('s3://a/asset'))()
  await flush()
  expect(transport.upstreamsOf('s3://b/load')).toEqual(['s3://a/asset', 's3://a/count', 's3://a/key', 's3://a/rows'])
})
