import { expect, test } from 'vitest'
import { uuidV7 } from '../src/uuid-v7.ts'

test('an id is a UUID of version 7 and variant 10', () => {
  for (let count = 0; count < 1_000; count += 1) {
    expect(uuidV7(Date.now())).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})

test('an id starts with its millisecond, so ids sort by time', () => {
  expect(uuidV7(0x0123456789ab)).toMatch(/^01234567-89ab-7/)
  expect(uuidV7(1)).toMatch(/^00000000-0001-7/)
})

test('ids of one millisecond differ', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => uuidV7(5))).size).toBe(10_000)
})
