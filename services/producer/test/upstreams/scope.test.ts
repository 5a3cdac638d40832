import { expect, test } from 'vitest'
import { Scope } from '../../src/upstreams/scope.ts'
import { Upstreams } from '../../src/upstreams/upstreams.ts'

const from = (key: string) => new Upstreams(10, [key])

test('a flow finds its own origin of an object before that of another flow', () => {
  const process = new Scope()
  const [left, right, third] = [new Scope(process), new Scope(process), new Scope(process)]
  const shared = {}
  left.link(shared, from('s3://a/left'))
  right.link(shared, from('s3://a/right'))
  expect(left.sourceOf(shared)?.keys()).toEqual(['s3://a/left'])
  expect(right.sourceOf(shared)?.keys()).toEqual(['s3://a/right'])
  expect(third.sourceOf(shared)?.keys()).toEqual(['s3://a/right'])
  expect([left.owns(shared), third.owns(shared)]).toEqual([true, false])
})

test('a flow finds values made around it, and the code around it finds values made inside', () => {
  const outer = new Scope()
  const inner = new Scope(outer)
  const [around, inside] = [{}, {}]
  outer.link(around, from('s3://a/around'))
  inner.link(inside, from('s3://a/inside'))
  expect(inner.sourceOf(around)?.keys()).toEqual(['s3://a/around'])
  expect(outer.sourceOf(inside)?.keys()).toEqual(['s3://a/inside'])
  expect([inner.owns(around), outer.owns(inside)]).toEqual([true, true])
})

test('what a function wrote adds up in its flow and the flows around it, not in other flows', () => {
  const process = new Scope()
  const outer = new Scope(process)
  const [left, right] = [new Scope(outer), new Scope(outer)]
  const definition = {}
  left.addWritten(definition, ['s3://a/1'], 10)
  left.addWritten(definition, ['s3://a/2'], 10)
  right.addWritten(definition, ['s3://a/3'], 10)
  const written = [left, right, outer, new Scope(process), process].map((scope) =>
    scope.assetsWrittenBy(definition)?.keys(),
  )
  expect(written).toEqual([
    ['s3://a/1', 's3://a/2'],
    ['s3://a/3'],
    ['s3://a/1', 's3://a/2', 's3://a/3'],
    undefined,
    ['s3://a/1', 's3://a/2', 's3://a/3'],
  ])
})

test('the latest ten thousand keys are known', () => {
  const scope = new Scope()
  for (let n = 0; n < 100_000; n += 1) scope.learnKey(`s3://a/${n}`)
  expect(Array.from({ length: 10_000 }, (_, n) => scope.knowsKey(`s3://a/${99_999 - n}`)).every(Boolean)).toBe(true)
  expect(scope.knowsKey('s3://a/0')).toBe(false)
})
