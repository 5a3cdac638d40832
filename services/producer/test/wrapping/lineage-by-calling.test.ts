import { expect, test } from 'vitest'
import { asset, reference } from '../../src/index.ts'
import { testProducer } from '../helpers/test-producer.ts'

function shop() {
  const made = testProducer()
  const { materialize } = made
  return {
    ...made,
    orders: materialize('s3://raw/orders', async () => [{ id: 1 }, { id: 2 }]),
    users: materialize('s3://raw/users', async () => ({ name: 'Ada' })),
    report: materialize('s3://out/report', async (..._anything: unknown[]) => 'done'),
  }
}

test('a result passed as an argument is an upstream', async () => {
  const { orders, report, transport, flush } = shop()
  await report(await orders())
  await flush()
  expect(transport.edges()).toEqual([{ from: 's3://raw/orders', to: 's3://out/report', job: 's3://out/report' }])
})

test('results in containers, their elements and pending promises are upstreams', async () => {
  const { orders, users, report, transport, flush } = shop()
  const [first] = await orders()
  for (const argument of [
    { all: [await orders(), await users()] },
    [first, users()],
    new Map([[await orders(), await users()]]),
  ]) {
    transport.clear()
    await report(argument)
    await flush()
    expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/orders', 's3://raw/users'])
  }
})

test('a result changed in place keeps its upstreams', async () => {
  const { orders, report, transport, flush } = shop()
  const rows = await orders()
  rows.push({ id: 3 })
  await report(rows)
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/orders'])
})

test('a copy made by a plain function has no upstreams, unless its elements have', async () => {
  const { orders, report, transport, flush } = shop()
  const rows = await orders()
  await report(rows.map(({ id }) => id))
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual([])
  await report(rows.filter(({ id }) => id > 1))
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/orders'])
})

test('equal numbers and strings make no edges', async () => {
  const { materialize, report, transport, flush } = shop()
  await report(await materialize('s3://raw/count', () => 7)(), await materialize('s3://raw/name', () => 'path/to/it')())
  await flush()
  expect(transport.edges()).toEqual([])
})

test('a string that equals a key is that asset, whether returned, declared or computed', async () => {
  const { materialize, report, transport, flush } = shop()
  const write = materialize(
    (n: number) => `s3://raw/${n}`,
    { name: 'write' },
    (n: number) => `s3://raw/${n}`,
  )
  await report(
    await write(1),
    's3://raw/orders',
    { path: `s3://raw/${await write(2).then(() => 2)}` },
    's3://raw/other',
  )
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/1', 's3://raw/2', 's3://raw/orders'])
})

test('the key of the output as an argument is not a read; its own earlier result is', async () => {
  const { materialize, transport, flush } = shop()
  const append = materialize(
    (path: string) => path,
    { name: 'append' },
    (path: string, ..._old: unknown[]) => ({ path }),
  )
  const first = await append('s3://log/1')
  await append('s3://log/1')
  await flush()
  expect(transport.edges()).toEqual([])
  await append('s3://log/1', first)
  await flush()
  expect(transport.edges()).toEqual([{ from: 's3://log/1', to: 's3://log/1', job: 'append' }])
})

test('a reference is an upstream, also where it is passed on', async () => {
  const { materialize, report, transport, flush } = shop()
  const external = reference(asset('postgres://crm/accounts', { name: 'Accounts' }))
  await materialize('s3://out/copy', () => void reference(external))()
  await report(external)
  await flush()
  expect(transport.upstreamsOf('s3://out/copy')).toEqual(['postgres://crm/accounts'])
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['postgres://crm/accounts'])
  expect(transport.runs('s3://out/copy')[0]?.inputs[0]?.properties?.name).toBe('Accounts')
})

test('a materialized function called inside another is its upstream when it returns something', async () => {
  const { materialize, orders, transport, flush } = shop()
  const audit = materialize('s3://log/audit', () => {})
  const outer = materialize('s3://out/outer', async () => {
    await audit()
    return (await orders()).length
  })
  await outer()
  await flush()
  expect(transport.upstreamsOf('s3://out/outer')).toEqual(['s3://raw/orders'])
  const [inner] = transport.runs('s3://raw/orders')
  const [run] = transport.runs('s3://out/outer')
  expect(inner?.parent).toEqual({ jobNamespace: 'shop', jobName: 's3://out/outer', runId: run?.runId })
})

test('fan-out and fan-in, with a dynamic count', async () => {
  const { materialize, report, transport, flush } = shop()
  const shard = materialize(
    (n) => `s3://shard/${n}`,
    { name: 'shard' },
    async (n: number) => ({ n }),
  )
  await report(await Promise.all(Array.from({ length: 500 }, (_, n) => shard(n))))
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toHaveLength(500)
})

test('more upstreams than the limit are left out with a warning', async () => {
  const { materialize, transport, flush, warnings } = testProducer({ maxUpstreams: 3 })
  const shard = materialize(
    (n) => `s3://shard/${n}`,
    { name: 'shard' },
    async (n: number) => ({ n }),
  )
  const report = materialize('s3://out/report', (_: unknown) => {})
  await report(await Promise.all([1, 2, 3, 4].map((n) => shard(n))))
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toHaveLength(3)
  expect(warnings.map(({ code }) => code)).toEqual(['UPSTREAMS_CUT'])
})

test('a failed run has no result, and its promise can be passed on', async () => {
  const { materialize, report, transport, flush } = shop()
  const broken = materialize('s3://raw/broken', async () => Promise.reject(new Error('no')))
  const promise = broken()
  await report(promise)
  await expect(promise).rejects.toThrow('no')
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/broken'])
})
