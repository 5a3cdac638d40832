import { expect, it } from 'vitest'
import { RememberedEvents } from '../../../src/fold/repeats/remembered-events.ts'

const shape = (...texts: readonly string[]) => {
  const ends = texts.map((_, index) => texts.slice(0, index + 1).join('').length)
  const spans = ends.flatMap((end, index) => [end - (texts[index] ?? '').length, end])
  return { bytes: Buffer.from(texts.join('')), spans: Int32Array.from(spans), spanCount: texts.length }
}
const made = (rows: string) => ({
  ...{ sets: { inputSet: null, ownSets: [], columnSets: [] }, rows: Buffer.from(rows) },
  ...{ keys: ['s3://a', `s3://${'b'.repeat(200)}`], sighting: { from: 10, before: 20 } },
})
const rowsOf = (events: RememberedEvents, entry: number) =>
  events.bytes.toString('latin1', events.rowsStart(entry), events.rowsEnd(entry))

it('finds the rows of exactly the shape they were noted for', () => {
  const events = new RememberedEvents({ capacity: 10_000, maxBytes: 1 << 22 })
  for (let number = 0; number < 5_000; number++) events.note(shape(`job ${number}`, 'x'.repeat(60)), made(`${number}`))
  for (let number = 0; number < 5_000; number++) {
    const entry = events.find(shape(`job ${number}`, 'x'.repeat(60)))
    expect(entry).toBeGreaterThanOrEqual(0)
    expect(rowsOf(events, entry)).toBe(`${number}`)
  }
  expect(events.find(shape('job 1', 'x'.repeat(59)))).toBe(-1)
})

it('keeps the assets that a shape names, and when each of its events needs no other sighting of them', () => {
  const events = new RememberedEvents({ capacity: 10, maxBytes: 1 << 20 })
  events.note(shape('a'), made('1'))
  const entry = events.find(shape('a'))
  expect(events.keysOf(entry)).toEqual(['s3://a', `s3://${'b'.repeat(200)}`])
  expect([9, 10, 19, 20].map((time) => events.covers(entry, time))).toEqual([false, true, true, false])
  events.setSighting(entry, { from: 5, before: 30 })
  expect([4, 5, 29, 30].map((time) => events.covers(entry, time))).toEqual([false, true, true, false])
})

it('forgets everything when it is full, and does not take what is large', () => {
  const full = new RememberedEvents({ capacity: 2, maxBytes: 1 << 20 })
  for (const name of ['a', 'b', 'c']) full.note(shape(name), made(name))
  expect(['a', 'b', 'c'].map((name) => full.find(shape(name)) >= 0)).toEqual([false, false, true])
  const small = new RememberedEvents({ capacity: 10, maxBytes: 400 })
  for (const name of ['a', 'b']) small.note(shape(name), made('x'.repeat(60)))
  expect(['a', 'b'].map((name) => small.find(shape(name)) >= 0)).toEqual([false, true])
  const large = new RememberedEvents({ capacity: 10, maxBytes: 1 << 20 })
  large.note(shape('a'), made('x'.repeat(1 << 18)))
  expect(large.find(shape('a'))).toBe(-1)
})
