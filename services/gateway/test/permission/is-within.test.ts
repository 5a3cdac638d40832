import { expect, it } from 'vitest'
import { isWithin } from '../../src/permission/is-within.ts'

it.each([
  ['s3://raw', 's3://raw'],
  ['s3://raw/', 's3://raw'],
  ['s3://raw/a/b', 's3://raw'],
  ['s3://raw/a', 's3://raw/a'],
  ['s3://raw/a.b/..c/.d', 's3://raw'],
  ['dashboard://shop/weekly', 'dashboard://'],
  ['postgres://db/shop/public/orders', 'postgres://db/shop'],
])('%s is within %s', (key, prefix) => {
  expect(isWithin(key, ['other://x', prefix])).toBe(true)
})

it.each([
  ['s3://raw-secret/a', 's3://raw'],
  ['s3://rawsecret', 's3://raw'],
  ['s3://raw%2Fa', 's3://raw'],
  ['s3://raw%2Dsecret/a', 's3://raw'],
  ['s3://RAW/a', 's3://raw'],
  ['s3a://raw/a', 's3://raw'],
  ['s3://raw/../secret/a', 's3://raw'],
  ['s3://raw/./a', 's3://raw'],
  ['s3://raw/a/..', 's3://raw'],
  ['s3://raw/%2e%2E/secret', 's3://raw'],
  ['s3://raw/.%2e/secret', 's3://raw'],
  ['s3://raw/ab', 's3://raw/a'],
  ['s3://ra', 's3://raw'],
  ['postgres://db/shop2/public/orders', 'postgres://db/shop'],
  ['postgres://db.evil/shop/public/orders', 'postgres://db'],
  ['postgres://db:6000/shop/public/orders', 'postgres://db'],
  ['postgres://me@db/shop/public/orders', 'postgres://db'],
  ['dashboards://shop/weekly', 'dashboard://'],
  ['dashboard://../weekly', 'dashboard://'],
])('%s is not within %s', (key, prefix) => {
  expect(isWithin(key, ['other://x', prefix])).toBe(false)
})
