import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Asset } from '../../src/assets/asset.ts'
import { findUpstreams, searchLimits } from '../../src/upstreams/find-upstreams.ts'
import { Scope } from '../../src/upstreams/scope.ts'
import { Upstreams } from '../../src/upstreams/upstreams.ts'

function search(values: readonly unknown[], scope: Scope, own: readonly string[] = []) {
  const into = new Upstreams(1_000)
  const cut = findUpstreams(values, scope, new Set(own), into)
  return { keys: into.keys(), cut }
}

function made(key: string, scope: Scope): object {
  const value = {}
  scope.link(value, new Upstreams(10, [key]))
  return value
}

test('results are found in arrays, plain objects, maps and sets', () => {
  const scope = new Scope()
  const [a, b, c, d, e] = ['s3://a/a', 's3://a/b', 's3://a/c', 's3://a/d', 's3://a/e'].map((key) => made(key, scope))
  const { keys, cut } = search(
    [a, [b], { c, deep: [{ e }] }, new Map<unknown, unknown>([['d', d]]), new Set([a])],
    scope,
  )
  expect([...keys].sort()).toEqual(['s3://a/a', 's3://a/b', 's3://a/c', 's3://a/d', 's3://a/e'])
  expect(cut).toBe(false)
})

test('objects without prototype and of another realm are searched', () => {
  const scope = new Scope()
  const bare = Object.assign(Object.create(null), { a: made('s3://a/a', scope) })
  expect(search([bare], scope).keys).toEqual(['s3://a/a'])
})

test('functions and promises are found by identity', () => {
  const scope = new Scope()
  const model = () => 5
  const promise = Promise.resolve(5)
  scope.link(model, new Upstreams(10, ['s3://a/model']))
  scope.link(promise, new Upstreams(10, ['s3://a/promise']))
  expect(search([[model], { promise }], scope).keys).toEqual(['s3://a/model', 's3://a/promise'])
})

test('a string is an asset only where the key is known, and not where it is the output itself', () => {
  const scope = new Scope()
  scope.learnKey('s3://a/known')
  scope.learnKey('s3://a/own')
  const { keys } = search(['s3://a/known', ['s3://a/own', 'https://example.com/api', 's3://a']], scope, ['s3://a/own'])
  expect(keys).toEqual(['s3://a/known'])
})

test('an asset is found; an invalid one and the output itself are not', () => {
  const { keys } = search([new Asset('s3://a/a'), new Asset('no key'), new Asset('s3://a/own')], new Scope(), [
    's3://a/own',
  ])
  expect(keys).toEqual(['s3://a/a'])
})

test('a cycle ends', () => {
  const scope = new Scope()
  const cycle: Record<string, unknown> = { a: made('s3://a/a', scope) }
  cycle['self'] = [cycle]
  expect(search([cycle], scope)).toEqual({ keys: ['s3://a/a'], cut: false })
})

test('no code of the arguments runs: accessors and proxies are skipped', () => {
  const scope = new Scope()
  const explode = () => {
    throw new Error('user code ran')
  }
  const proxy = new Proxy(
    {},
    { get: explode, getOwnPropertyDescriptor: explode, getPrototypeOf: explode, ownKeys: explode },
  )
  class Exploding extends Array<unknown> {
    static override get [Symbol.species]() {
      return explode()
    }
    override [Symbol.iterator]() {
      return explode()
    }
  }
  const explosive = Object.defineProperty({ a: made('s3://a/a', scope) }, 'b', { get: explode, enumerable: true })
  const list = Exploding.of(made('s3://a/b', scope))
  expect(search([proxy, explosive, list], scope).keys).toEqual(['s3://a/a', 's3://a/b'])
})

test('class instances are not searched', () => {
  const scope = new Scope()
  class Client {
    rows = made('s3://a/a', scope)
  }
  expect(search([new Client()], scope).keys).toEqual([])
})

test('a huge first argument does not hide the second', () => {
  const scope = new Scope()
  const rows = Array.from({ length: 100_000 }, (_, id) => ({ id, name: 'x' }))
  const { keys, cut } = search([{ rows, producer: [made('s3://a/a', scope)] }], scope)
  expect({ keys, cut }).toEqual({ keys: ['s3://a/a'], cut: true })
})

test('a thousand results in one list are found', () => {
  const scope = new Scope()
  const producer = Array.from({ length: searchLimits.childrenOfOne }, (_, n) => made(`s3://a/${n}`, scope))
  expect(search([producer], scope)).toMatchObject({ keys: { length: 1_000 }, cut: false })
})

test('the search stops at its depth limit and reports it', () => {
  const scope = new Scope()
  const nested = (depth: number): unknown => (depth === 0 ? made('s3://a/a', scope) : [nested(depth - 1)])
  expect(search([nested(searchLimits.depth)], scope)).toEqual({ keys: ['s3://a/a'], cut: false })
  expect(search([nested(searchLimits.depth + 1)], scope)).toEqual({ keys: [], cut: true })
})

test('any value can be searched', () => {
  fc.assert(
    fc.property(fc.anything({ withMap: true, withSet: true, withBigInt: true, withNullPrototype: true }), (value) => {
      expect(search([value], new Scope()).keys).toEqual([])
    }),
  )
})
