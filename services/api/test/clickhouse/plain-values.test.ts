import { expect, it } from 'vitest'
import { plainValues } from '../../src/clickhouse/plain-values.ts'

it.each<[string, unknown, unknown]>([
  ['UInt64', '12', 12],
  ['Nullable(Int64)', null, null],
  ["DateTime64(3, 'UTC')", '2026-01-15 12:00:00.000', '2026-01-15T12:00:00.000Z'],
  ["Nullable(DateTime64(3, 'UTC'))", null, null],
  ["LowCardinality(Nullable(DateTime('UTC')))", '2026-01-15 12:00:00', '2026-01-15T12:00:00Z'],
  ["DateTime64(3, 'UTC')", '2026-01-15T12:00:00.000Z', '2026-01-15T12:00:00.000Z'],
  ['Array(UInt64)', ['1', 2], [1, 2]],
  ["Tuple(String, DateTime64(3, 'UTC'))", ['a b', '2026-01-15 12:00:00.000'], ['a b', '2026-01-15T12:00:00.000Z']],
  ['Tuple(name String, runs UInt64)', { name: 'a', runs: '7' }, { name: 'a', runs: 7 }],
  [
    "Array(Tuple(`of (a, b)` Enum8('x, y' = 1), n Int64))",
    [{ 'of (a, b)': 'x, y', n: '3' }],
    [{ 'of (a, b)': 'x, y', n: 3 }],
  ],
  ['Map(String, UInt64)', { a: '1' }, { a: 1 }],
  ['SimpleAggregateFunction(max, UInt64)', '5', 5],
])('reads %s', (type, value, expected) => {
  expect(plainValues(type)?.(value)).toEqual(expected)
})

it.each(['String', 'Array(String)', "Enum8('a' = 1)", 'Tuple(a String, b Bool)', 'Date32', 'UInt128'])(
  'leaves %s as it is',
  (type) => expect(plainValues(type)).toBeUndefined(),
)
