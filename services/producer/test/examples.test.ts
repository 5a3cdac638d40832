import { expect, test } from 'vitest'
import { inMemory } from '../examples/shop.ts'

test('the example makes the graph that it describes', async () => {
  const { nightly, close, transport } = inMemory()
  expect(await nightly('2026-01-01')).toBe(2)
  expect(await close()).toEqual({ delivered: 6, undelivered: 0, dropped: 0 })
  expect(transport.edges().map(({ from, to }) => `${from} -> ${to}`)).toEqual([
    'postgres://shop/db/public/orders -> s3://shop/orders/north',
    'postgres://shop/db/public/orders -> s3://shop/orders/south',
    's3://raw/orders/2026-01-01.csv -> postgres://shop/db/public/orders',
    's3://shop/orders/north -> s3://shop/report',
    's3://shop/orders/south -> s3://shop/report',
  ])
})
