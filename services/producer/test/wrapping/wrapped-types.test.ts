import { expect, expectTypeOf, test } from 'vitest'
import { createProducer, memoryTransport } from '../../src/index.ts'

const { materialize, task, flow } = createProducer({ namespace: 'shop', transport: memoryTransport() })
const key = 's3://lake/a'

test('a generic function keeps its type parameters', async () => {
  const asyncFn = async <T>(value: T): Promise<T> => value
  const syncFn = <T>(value: T): T => value
  for (const wrapped of [materialize(key, asyncFn), task(asyncFn), flow('f', asyncFn)]) {
    expectTypeOf(await wrapped(1 as const)).toEqualTypeOf<1>()
  }
  for (const wrapped of [
    materialize(key, syncFn),
    materialize(key, { name: 'same' }, syncFn),
    task(syncFn),
    flow('f', syncFn),
  ]) {
    expectTypeOf(await wrapped({ rows: 5 })).toEqualTypeOf<{ rows: number }>()
  }
  const rows = materialize(key, { name: 'rows' }, async <T extends object>(given: T, ...more: T[]) => [given, ...more])
  expectTypeOf(await rows.after(key)({ id: 1 })).toEqualTypeOf<{ id: number }[]>()
  expect(await rows({ id: 1 }, { id: 2 })).toEqual([{ id: 1 }, { id: 2 }])
})

test('an overloaded async function keeps its overloads', async () => {
  async function load(day: string): Promise<string>
  async function load(day: number): Promise<number>
  async function load(day: string | number): Promise<string | number> {
    return day
  }
  const loaded = materialize(key, load)
  expectTypeOf(await loaded('2026-01-01')).toEqualTypeOf<string>()
  expectTypeOf(await loaded(1)).toEqualTypeOf<number>()
  expect(await loaded(1)).toBe(1)
})

test('parameters stay optional, variadic and named, and `this` is kept', async () => {
  const many = materialize(key, (first: string, second?: number, ...rest: boolean[]) => [first, second, rest].length)
  expectTypeOf<Parameters<typeof many>>().toEqualTypeOf<
    [first: string, second?: number | undefined, ...rest: boolean[]]
  >()
  expectTypeOf(many('a')).toEqualTypeOf<Promise<number>>()
  const method = materialize(key, async function (this: { readonly base: number }, more: number) {
    return this.base + more
  })
  expectTypeOf<ThisParameterType<typeof method>>().toEqualTypeOf<{ readonly base: number }>()
  const owner = { base: 1, method }
  expect(await owner.method(2)).toBe(3)
})

test('a thenable becomes the promise that the call returns', () => {
  const query = materialize(key, (): PromiseLike<number> & { readonly sql: string } =>
    Object.assign(Promise.resolve(1), { sql: '' }),
  )
  expectTypeOf(query()).toEqualTypeOf<Promise<number>>()
})
