import { isUtf8 } from 'node:buffer'
import { bytesMayHaveSecret } from '@headwater/lineage'
import { AvroBytes, span } from './avro-bytes.ts'
import { JsonBytes } from './json-bytes.ts'

/** Entries of a map: where the first begins, how many there are, and how many bytes they make as a JSON object; 0 for none. */
export type MapSpan = { start: number; count: number; jsonLength: number }

export const mapSpan = (): MapSpan => ({ start: 0, count: 0, jsonLength: 0 })

/** Larger maps are compared entry by entry sooner after decoding. */
const manyEntries = 64
const [quote, backslash, zero, nine] = [0x22, 0x5c, 0x30, 0x39]

/** Checks maps of an Avro body whose entries lie within it. */
export class MapBytes extends AvroBytes {
  readonly #json = new JsonBytes()
  readonly #key = span()
  readonly #value = span()
  readonly #last = span()

  /**
   * True when decoding the map into an object and writing its entries changes nothing: keys in order, each once, none that JavaScript would
   * move to the front because it looks like an index, none that JSON would escape; texts that are UTF-8 and, given `areTexts`, values that are JSON
   * under names that are surely not of secrets.
   */
  isSure(bytes: Buffer, { start, count }: MapSpan, areTexts: boolean): boolean {
    if (count > manyEntries) return false
    this.begin(bytes, start)
    for (let index = 0; index < count; index++) {
      this.skipText(this.#key)
      if (!this.#isSureKey() || !this.#isKeyAfterLast(index)) return false
      if (!areTexts) this.at += 8
      else if (this.#mayNameSecret() || !this.#isSureValue()) return false
    }
    return true
  }

  #isSureKey(): boolean {
    const { start, end } = this.#key
    const first = this.bytes[start] as number
    if (start < end && first >= zero && first <= nine) return false
    let bits = 0
    for (let at = start; at < end; at++) {
      const byte = this.bytes[at] as number
      if (byte < 0x20 || byte === quote || byte === backslash) return false
      bits |= byte
    }
    return bits < 0x80 || isUtf8(this.bytes.subarray(start, end))
  }

  #isKeyAfterLast(index: number): boolean {
    const { start, end } = this.#key
    const { start: lastStart, end: lastEnd } = this.#last
    this.#last.start = start
    this.#last.end = end
    if (index === 0) return true
    const shared = Math.min(end - start, lastEnd - lastStart)
    for (let at = 0; at < shared; at++) {
      const difference = (this.bytes[start + at] as number) - (this.bytes[lastStart + at] as number)
      if (difference !== 0) return difference > 0
    }
    return end - start > lastEnd - lastStart
  }

  /** By itself, since the length of the value could make another word of it: `sig`, then `n`. */
  #mayNameSecret(): boolean {
    return bytesMayHaveSecret(this.bytes, this.#key.start, this.#key.end)
  }

  #isSureValue(): boolean {
    this.skipText(this.#value)
    const { start, end } = this.#value
    if (!this.#json.isJson(this.bytes, start, end)) return false
    return !this.#json.hasHighBytes || isUtf8(this.bytes.subarray(start, end))
  }
}
