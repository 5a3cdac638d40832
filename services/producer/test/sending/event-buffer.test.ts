import type { HeadwaterEvent } from '@headwater/schemas'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventBuffer } from '../../src/sending/event-buffer.ts'

const event = (eventId: string) => ({ type: 'CheckEvent', event: { eventId } }) as HeadwaterEvent

test('a new event is refused at the limit of events', () => {
  const buffer = new EventBuffer(2, 1_000)
  expect([buffer.add(event('a'), 1), buffer.add(event('b'), 1), buffer.add(event('c'), 1)]).toEqual([true, true, false])
  expect(buffer.first(10, 1_000)).toEqual([event('a'), event('b')])
})

test('a new event is refused at the limit of bytes', () => {
  const buffer = new EventBuffer(10, 100)
  expect([buffer.add(event('a'), 60), buffer.add(event('b'), 60), buffer.add(event('c'), 40)]).toEqual([
    true,
    false,
    true,
  ])
  expect(buffer.bytes).toBe(100)
})

test('a batch has at least one event, however large', () => {
  const buffer = new EventBuffer(10, 1_000)
  buffer.add(event('a'), 500)
  buffer.add(event('b'), 1)
  expect(buffer.first(10, 100)).toEqual([event('a')])
})

test('events come out once and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant('add' as const), fc.nat(5))), (steps) => {
      const buffer = new EventBuffer(1_000, 1_000_000)
      const model: HeadwaterEvent[] = []
      for (const [index, step] of steps.entries()) {
        if (step === 'add') {
          buffer.add(event(String(index)), 7)
          model.push(event(String(index)))
        } else {
          const count = Math.min(step, model.length)
          expect(buffer.first(count, 1_000_000)).toEqual(model.splice(0, count))
          buffer.removeFirst(count)
        }
        expect([buffer.size, buffer.bytes]).toEqual([model.length, model.length * 7])
      }
    }),
  )
})
