import { expect, test } from 'vitest'
import { createProducer, type Transport } from '../../src/index.ts'
import { testProducer } from '../helpers/test-producer.ts'

test('the result is the same object, unchanged', async () => {
  const { materialize, task, flow } = testProducer()
  const result = Object.freeze({ rows: Object.freeze([1, 2]) })
  expect(await materialize('s3://a/b', () => result)()).toBe(result)
  expect(await task(() => result)()).toBe(result)
  expect(await flow('f', () => result)()).toBe(result)
  expect(Reflect.ownKeys(result)).toEqual(['rows'])
})

test.each([0, 5, '', 'text', null, undefined, true, Number.NaN, 10n, Symbol.iterator])(
  'a primitive result passes through: %s',
  async (value) => {
    const { materialize, task, flow, warnings } = testProducer()
    expect(await flow('f', task(materialize('s3://a/b', () => value)))()).toBe(value)
    expect(warnings).toEqual([])
  },
)

test('an error of the job is rethrown unchanged', async () => {
  const { materialize, task, flow } = testProducer()
  const error = Object.freeze(new Error('no disk'))
  const fail = () => {
    throw error
  }
  for (const call of [
    materialize('s3://a/b', fail),
    task(fail),
    flow('f', fail),
    flow('g', task(materialize('s3://a/c', fail))),
  ]) {
    await expect(call()).rejects.toBe(error)
  }
})

test.each([
  undefined,
  null,
  'text',
  5,
  {
    toString: () => {
      throw new Error('worse')
    },
  },
])('any thrown value is rethrown: %#', async (thrown) => {
  const { materialize, transport, flush } = testProducer()
  const outcome = await materialize('s3://a/b', () => {
    throw thrown
  })().then(
    () => 'resolved',
    (error: unknown) => error === thrown,
  )
  expect(outcome).toBe(true)
  await flush()
  expect(transport.runs()[0]?.state).toBe('FAILED')
})

test('the function runs before the call returns, with its this and its arguments', async () => {
  const { materialize } = testProducer()
  const seen: unknown[] = []
  const table = {
    name: 'orders',
    load: materialize('s3://a/b', function (this: { name: string }, ...args: number[]) {
      seen.push(this.name, ...args)
    }),
  }
  const promise = table.load(1, 2)
  expect(seen).toEqual(['orders', 1, 2])
  await promise
})

test('the name and the number of parameters stay the same', () => {
  const { materialize } = testProducer()
  const load = materialize('s3://a/b', function load(_a: number, _b: number) {})
  expect([load.name, load.length]).toEqual(['load', 2])
})

test('a job runs to its end while the transport hangs, and after close()', async () => {
  const silent: Transport = { send: () => new Promise(() => {}), close: () => new Promise(() => {}) }
  const { materialize, flow, close, stats } = createProducer({
    transport: silent,
    namespace: 'shop',
    maxBufferedEvents: 10,
    lingerMs: 0,
    onWarning: () => {},
  })
  const write = materialize(
    (n: number) => `s3://a/${n}`,
    { name: 'write' },
    (n: number) => ({ n }),
  )
  const all = flow('all', () => Promise.all(Array.from({ length: 1_000 }, (_, n) => write(n))))
  expect(await all()).toHaveLength(1_000)
  expect(stats()).toMatchObject({ accepted: 10, pending: 10, delivered: 0, dropped: { bufferFull: 992 } })
  expect(await close(1)).toMatchObject({ delivered: 0, undelivered: 10, dropped: 992 })
  expect(await all()).toHaveLength(1_000)
})

test('a listener that throws and a clock that throws do not reach the job', async () => {
  const { materialize } = testProducer({
    now: () => {
      throw new Error('no clock')
    },
    onWarning: () => {
      throw new Error('no ears')
    },
  })
  expect(await materialize('s3://a/b', () => 5)()).toBe(5)
})
