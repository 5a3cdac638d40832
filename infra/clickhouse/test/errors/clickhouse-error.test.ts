import { ClickHouseError } from '@clickhouse/client'
import { expect, it } from 'vitest'
import { isClickHouseError } from '../../src/index.ts'

const error = (code: string, type?: string) => new ClickHouseError({ message: 'no', code, type: type ?? '' })

it('recognizes an error by its name, whatever name the client read from the message', () => {
  expect(isClickHouseError(error('241', 'MEMORY_LIMIT_EXCEEDED'), ['TOO_MANY_ROWS', 'MEMORY_LIMIT_EXCEEDED'])).toBe(
    true,
  )
  expect(isClickHouseError(error('241', 'SOME_TEXT'), ['MEMORY_LIMIT_EXCEEDED'])).toBe(true)
})

it('recognizes no other error, of ClickHouse or of the network', () => {
  expect(isClickHouseError(error('60', 'UNKNOWN_TABLE'), ['UNKNOWN_DATABASE'])).toBe(false)
  expect(isClickHouseError(new Error('connect ECONNREFUSED'), ['NETWORK_ERROR'])).toBe(false)
})
