import { expect, test } from 'vitest'
import { Upstreams } from '../../src/upstreams/upstreams.ts'

test('included sets are read on demand', () => {
  const promised = new Upstreams(10)
  const reader = new Upstreams(10, ['s3://a/1'])
  reader.include(promised)
  expect(reader.keys()).toEqual(['s3://a/1'])
  promised.add('s3://a/2')
  expect(reader.keys()).toEqual(['s3://a/1', 's3://a/2'])
})

test('sets may include each other', () => {
  const left = new Upstreams(10, ['s3://a/1'])
  const right = new Upstreams(10, ['s3://a/2'])
  left.include(right)
  right.include(left)
  expect(left.keys()).toEqual(['s3://a/1', 's3://a/2'])
})

test('keys beyond the limit are left out, and `cut` shows it', () => {
  const some = new Upstreams(2, ['s3://a/1', 's3://a/2', 's3://a/2'])
  expect(some.cut).toBe(false)
  const more = new Upstreams(2, ['s3://a/1', 's3://a/2', 's3://a/3'])
  expect([more.keys(), more.cut]).toEqual([['s3://a/1', 's3://a/2'], true])
  some.include(more)
  expect([some.keys(), some.cut]).toEqual([['s3://a/1', 's3://a/2'], true])
})

test('a chain of a million settled steps is read without depth', () => {
  let last = new Upstreams(10, ['s3://a/1'])
  last.settle()
  for (let step = 0; step < 1_000_000; step += 1) {
    const next = new Upstreams(10)
    next.include(last)
    next.settle()
    last = next
  }
  expect(last.keys()).toEqual(['s3://a/1'])
})

test('a settled set still reads included sets that were not final', () => {
  const promised = new Upstreams(10)
  const reader = new Upstreams(10)
  reader.include(promised)
  reader.settle()
  promised.add('s3://a/2')
  expect(reader.keys()).toEqual(['s3://a/2'])
})

test('a chain keeps only sets that are not final', () => {
  const promised = new Upstreams(10)
  let last = new Upstreams(10, ['s3://a/1'])
  last.include(promised)
  last.settle()
  for (let step = 0; step < 100_000; step += 1) {
    const next = new Upstreams(10)
    next.include(last)
    next.settle()
    last = next
  }
  promised.add('s3://a/2')
  expect(last.keys()).toEqual(['s3://a/1', 's3://a/2'])
})
