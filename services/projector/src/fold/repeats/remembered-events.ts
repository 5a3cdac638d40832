import { textsOf } from '../../tables/encoded-texts.ts'
import { ByteWriter } from '../../tables/native/byte-writer.ts'
import type { RunSets } from '../../tables/rows.ts'
import type { Sighting } from '../common/seen-span.ts'
import type { EventShape } from './event-shape.ts'

// Holds: an entry is found for exactly the bytes that it was noted for. When full, everything is forgotten, which costs decoding each
// kind of event once more.

const emptySlot = 0
/** Numbers an entry: hash, start and length of its shape, and where the keys and then the rows that follow it end. */
const width = 5
const initialEntries = 1 << 10
/** A larger one is decoded each time: it would take the room of many. */
const largestEntry = 1 << 18
/** So many bytes are compared sooner one by one than by a call to the runtime. */
const byLoop = 48

export type RememberedOptions = { readonly capacity: number; readonly maxBytes: number }

/** What an event like it makes. */
export type Remembered = {
  readonly sets: RunSets
  readonly rows: Uint8Array
  /** The assets it names. */
  readonly keys: readonly string[]
  readonly sighting: Sighting
}

/**
 * Shapes of earlier events, and the rows that an event of that shape makes. Most events repeat an earlier one and are recognised by their
 * bytes, without a single object made of them. An open-addressed table over plain arrays, since a look-up costs what it misses in the
 * processor's caches.
 */
export class RememberedEvents {
  readonly #capacity: number
  readonly #maxBytes: number
  /** Number of an entry plus one. */
  #slots = new Int32Array(initialEntries * 2)
  #entries = new Int32Array(initialEntries * width)
  /** From when, and before when, an event of this shape needs no other row of `asset_sightings`. */
  #times = new Float64Array(initialEntries * 2)
  #sets: RunSets[] = []
  /** The shape of each entry, followed by its keys and its rows. */
  #bytes = Buffer.allocUnsafeSlow(1 << 16)
  #length = 0

  constructor({ capacity, maxBytes }: RememberedOptions) {
    this.#capacity = capacity
    this.#maxBytes = maxBytes
  }

  /** The number of the entry of an event's shape; -1 when there is none. */
  find(shape: EventShape): number {
    return this.#find(shape, hashOf(shape))
  }

  /** True when an event of that time needs no other row of `asset_sightings`. */
  covers(entry: number, occurredAt: number): boolean {
    return occurredAt >= (this.#times[entry * 2] as number) && occurredAt < (this.#times[entry * 2 + 1] as number)
  }

  /** Notes when events of this shape need no other row of `asset_sightings`. */
  setSighting(entry: number, { from, before }: Sighting): void {
    this.#times[entry * 2] = from
    this.#times[entry * 2 + 1] = before
  }

  keysOf(entry: number): readonly string[] {
    return textsOf(this.#bytes, this.#shapeEnd(entry), this.rowsStart(entry))
  }

  setsOf(entry: number): RunSets {
    return this.#sets[entry] as RunSets
  }

  /** The bytes in which its rows lie, and where. */
  get bytes(): Buffer {
    return this.#bytes
  }

  rowsStart(entry: number): number {
    return this.#entries[entry * width + 3] as number
  }

  rowsEnd(entry: number): number {
    return this.#entries[entry * width + 4] as number
  }

  note(shape: EventShape, { sets, rows, keys, sighting }: Remembered): void {
    const texts = new ByteWriter(1 << 8)
    for (const key of keys) texts.utf8(key)
    if (sizeOf(shape) + texts.bytes().length + rows.length > largestEntry) return
    const hash = hashOf(shape)
    let entry = this.#find(shape, hash)
    if (entry < 0) entry = this.#add(shape, texts.bytes(), rows, hash)
    this.#sets[entry] = sets
    this.setSighting(entry, sighting)
  }

  #shapeEnd(entry: number): number {
    return (this.#entries[entry * width + 1] as number) + (this.#entries[entry * width + 2] as number)
  }

  #find(shape: EventShape, hash: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] as number) - 1
      if (entry < 0) return -1
      if (this.#entries[entry * width] === hash && this.#isSame(entry, shape)) return entry
    }
  }

  #isSame(entry: number, { bytes, spans, spanCount }: EventShape): boolean {
    let known = this.#entries[entry * width + 1] as number
    const end = known + (this.#entries[entry * width + 2] as number)
    for (let index = 0; index < spanCount; index++) {
      const start = spans[index * 2] as number
      const length = (spans[index * 2 + 1] as number) - start
      if (known + length > end) return false
      if (length > byLoop) {
        if (bytes.compare(this.#bytes, known, known + length, start, start + length) !== 0) return false
      } else {
        for (let at = 0; at < length; at++) if (this.#bytes[known + at] !== bytes[start + at]) return false
      }
      known += length
    }
    return known === end
  }

  #add(shape: EventShape, keys: Uint8Array, rows: Uint8Array, hash: number): number {
    const size = sizeOf(shape) + keys.length + rows.length
    if (this.#sets.length >= this.#capacity || this.#length + size > this.#maxBytes) this.#clear()
    const entry = this.#sets.length
    if ((entry + 1) * width > this.#entries.length) this.#grow()
    const start = this.#length
    for (let index = 0; index < shape.spanCount; index++) {
      this.#append(shape.bytes.subarray(shape.spans[index * 2], shape.spans[index * 2 + 1]))
    }
    const length = this.#length - start
    this.#append(keys)
    const keysEnd = this.#length
    this.#append(rows)
    this.#entries.set([hash, start, length, keysEnd, this.#length], entry * width)
    this.#place(entry, hash)
    return entry
  }

  #append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + bytes.length))
      this.#bytes.copy(grown, 0, 0, this.#length)
      this.#bytes = grown
    }
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  #grow(): void {
    const entries = new Int32Array(this.#entries.length * 2)
    entries.set(this.#entries)
    this.#entries = entries
    const times = new Float64Array(this.#times.length * 2)
    times.set(this.#times)
    this.#times = times
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let entry = 0; entry < this.#sets.length; entry++) this.#place(entry, entries[entry * width] as number)
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while (this.#slots[slot] !== emptySlot) slot = (slot + 1) & mask
    this.#slots[slot] = entry + 1
  }

  #clear(): void {
    this.#slots.fill(emptySlot)
    this.#sets = []
    this.#length = 0
  }
}

function sizeOf({ spans, spanCount }: EventShape): number {
  let size = 0
  for (let index = 0; index < spanCount; index++)
    size += (spans[index * 2 + 1] as number) - (spans[index * 2] as number)
  return size
}

/** FNV-1a by four bytes at a time, mixed at the end: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf({ bytes, spans, spanCount }: EventShape): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < spanCount; index++) {
    let at = spans[index * 2] as number
    const end = spans[index * 2 + 1] as number
    for (; at + 4 <= end; at += 4) {
      const four =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)
      hash = Math.imul(hash ^ four, 0x01000193)
      hash ^= hash >>> 15
    }
    for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) | 0
}
