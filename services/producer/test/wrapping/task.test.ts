import { expect, test } from 'vitest'
import { currentRun, reference } from '../../src/index.ts'
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

test('the result of a task has the upstreams of its arguments', async () => {
  const { task, orders, users, report, transport, flush } = shop()
  const join = task((rows: { id: number }[], _user: object) => rows.map(({ id }) => id))
  await report(await join(await orders(), await users()))
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/orders', 's3://raw/users'])
})

test('chained tasks pass lineage on and send nothing', async () => {
  const { task, orders, report, transport, flush } = shop()
  const copy = task((rows: unknown[]) => [...rows.map(() => ({}))])
  await report(await copy(await copy(await copy(await orders()))))
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/orders'])
  expect(transport.events).toHaveLength(2)
})

test('the result also has upstreams materialized and referenced inside', async () => {
  const { task, orders, users, report, transport, flush } = shop()
  const gather = task(async (_user: object) => {
    reference('s3://raw/external')
    return { count: (await orders()).length }
  })
  await report(await gather(await users()))
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/external', 's3://raw/orders', 's3://raw/users'])
})

test('a result returned by a function inside keeps its own upstreams', async () => {
  const { task, materialize, orders, report, transport, flush } = shop()
  const clean = materialize('s3://out/clean', async (rows: object[]) => rows.map((row) => ({ ...row })))
  const stage = task(async () => clean(await orders()))
  await report(await stage())
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://out/clean'])
})

test('the promise of a task can be passed on before it settles', async () => {
  const { task, materialize, orders, transport, flush } = shop()
  const copy = task(async (rows: Promise<object[]>) => (await rows).map(() => ({})))
  const load = materialize('s3://out/load', async (rows: Promise<object[]>) => (await rows).length)
  expect(await load(copy(orders()))).toBe(2)
  await flush()
  expect(transport.upstreamsOf('s3://out/load')).toEqual(['s3://raw/orders'])
})

test('a primitive result has no upstreams, its promise does', async () => {
  const { task, orders, report, transport, flush } = shop()
  const counting = task((rows: unknown[]) => rows.length)(await orders())
  const count = await counting
  await report(count)
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual([])
  await report.after(counting)(count)
  await flush()
  expect(transport.upstreamsOf('s3://out/report')).toEqual(['s3://raw/orders'])
})

test('inside a materialized function, the run reads what the task read', async () => {
  const { task, materialize, orders, transport, flush } = shop()
  const read = task(async () => {
    reference('s3://raw/external')
    return orders()
  })
  const load = materialize('s3://out/load', async () => {
    await read()
  })
  await load()
  await flush()
  expect(transport.upstreamsOf('s3://out/load')).toEqual(['s3://raw/external', 's3://raw/orders'])
})

test('a task belongs to the run around it', async () => {
  const { task, materialize } = testProducer()
  const inner = task(() => currentRun()?.runId)
  await materialize('s3://a/b', async () => expect(await inner()).toBe(currentRun()?.runId))()
  expect(await inner()).toBeUndefined()
})

test('a value passed through many tasks keeps its upstreams', async () => {
  const { task, orders, report, transport, flush } = shop()
  const step = task((state: { rows: unknown; count: number }) => ({ ...state, count: state.count + 1 }))
  let state: { rows: unknown; count: number } = { rows: await orders(), count: 0 }
  for (let count = 0; count < 10_000; count += 1) state = await step(state)
  await report(state)
  await flush()
  expect([state.count, transport.upstreamsOf('s3://out/report')]).toEqual([10_000, ['s3://raw/orders']])
})
