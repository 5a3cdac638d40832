import { expect, test } from 'vitest'
import { FailingEvents } from '../../../src/transports/openlineage/failing-events.ts'

const times = (count: number, failing: FailingEvents, id: string) =>
  Array.from({ length: count }, () => failing.failed(id))

test('an event is at fault when the server failed on it five times and stored another event meanwhile', () => {
  const failing = new FailingEvents()
  expect(times(4, failing, 'a')).toEqual([false, false, false, false])
  failing.stored('b')
  expect(failing.failed('a')).toBe(true)
})

test('a server that stores nothing since the first failure is at fault itself', () => {
  const failing = new FailingEvents()
  failing.stored('b')
  expect(times(20, failing, 'a')).not.toContain(true)
})

test('the count of an event starts again once it was stored', () => {
  const failing = new FailingEvents()
  times(4, failing, 'a')
  failing.stored('a')
  failing.stored('b')
  expect(times(4, failing, 'a')).not.toContain(true)
})
