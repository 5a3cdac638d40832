import type { MaterializationView } from '@headwater/schemas'
import type { NamedSets } from '../../tables/rows.ts'

// Holds: sets are found for exactly the bytes they were noted for. When full, everything is forgotten.

const emptySlot = 0
/** Numbers an entry: hash, start and length of its bytes. */
const width = 3
const initialEntries = 1 << 10

/**
 * What earlier events named (job, inputs, outputs, as they are encoded), and the input sets these are. Most events name what an
 * earlier one did, and are known by it without a single object made of them. An open-addressed table over plain arrays, for one
 * look-up costs what it misses in the processor's caches.
 */
export class EventShapes {
  readonly #capacity: number
  /** Number of an entry plus one. */
  #slots = new Int32Array(initialEntries * 2)
  #entries = new Int32Array(initialEntries * width)
  /** From when, and before when, an event may name it and tell nothing new. */
  #times = new Float64Array(initialEntries * 2)
  #sets: NamedSets[] = []
  #bytes = Buffer.allocUnsafeSlow(1 << 16)
  #length = 0

  /** @param capacity most entries */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** The sets that the event names; undefined when none named the same before, or not around that time. */
  find(view: MaterializationView): NamedSets | undefined {
    const entry = this.#find(view, hashOf(view))
    if (entry < 0) return undefined
    const isCovered =
      view.occurredAt >= (this.#times[entry * 2] as number) && view.occurredAt < (this.#times[entry * 2 + 1] as number)
    return isCovered ? this.#sets[entry] : undefined
  }

  /** Notes that events that name the same tell nothing new from one time on and before another. */
  note(view: MaterializationView, sets: NamedSets, from: number, before: number): void {
    const hash = hashOf(view)
    let entry = this.#find(view, hash)
    if (entry < 0) entry = this.#add(view, hash)
    this.#sets[entry] = sets
    this.#times[entry * 2] = from
    this.#times[entry * 2 + 1] = before
  }

  #find(view: MaterializationView, hash: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] as number) - 1
      if (entry < 0) return -1
      if (this.#entries[entry * width] === hash && this.#isSame(entry, view)) return entry
    }
  }

  #isSame(entry: number, { bytes, names, nameCount }: MaterializationView): boolean {
    let known = this.#entries[entry * width + 1] as number
    const end = known + (this.#entries[entry * width + 2] as number)
    for (let index = 0; index < nameCount; index++) {
      const last = names[index * 2 + 1] as number
      for (let at = names[index * 2] as number; at < last; at++) {
        if (this.#bytes[known++] !== bytes[at]) return false
      }
    }
    return known === end
  }

  #add(view: MaterializationView, hash: number): number {
    if (this.#sets.length >= this.#capacity) this.#clear()
    const entry = this.#sets.length
    if (entry * width >= this.#entries.length) this.#grow()
    const start = this.#length
    for (let index = 0; index < view.nameCount; index++) {
      const from = view.names[index * 2] as number
      this.#append(view.bytes.subarray(from, view.names[index * 2 + 1]))
    }
    this.#entries.set([hash, start, this.#length - start], entry * width)
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

/** FNV-1a by four bytes at a time, mixed at the end: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf({ bytes, names, nameCount }: MaterializationView): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < nameCount; index++) {
    let at = names[index * 2] as number
    const end = names[index * 2 + 1] as number
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
