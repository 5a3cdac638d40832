import { isUtf8 } from 'node:buffer'

/** A range of the bytes. A text that is null is an empty one here. */
export type Span = { start: number; end: number }

export const span = (): Span => ({ start: 0, end: 0 })

/**
 * Reads Avro from bytes without making objects of it: https://avro.apache.org/docs/1.12.0/specification/#binary-encoding.
 * `isReadable` turns false at the first thing that is not as avsc encodes it, and stays so; reading goes on and finds nonsense, but ends.
 */
export abstract class AvroBytes {
  bytes: Buffer = Buffer.alloc(0)
  protected at = 0
  protected isReadable = true

  protected begin(bytes: Buffer, start: number): void {
    this.bytes = bytes
    this.at = start
    this.isReadable = true
  }

  /** True when everything was as expected and nothing is left. */
  protected get isWhole(): boolean {
    return this.isReadable && this.at === this.bytes.length
  }

  text(place: Span): string {
    return this.bytes.toString('utf8', place.start, place.end)
  }

  /** A text that is copied elsewhere: valid UTF-8, which decoding would otherwise repair. */
  protected copiedText(place: Span): void {
    this.skipText(place)
    let bits = 0
    const end = Math.min(place.end, this.bytes.length)
    for (let at = place.start; at < end; at++) bits |= this.bytes[at] as number
    if (bits >= 0x80) this.checkUtf8(place.start, end)
  }

  /** A text whose bytes are compared with others, not copied. */
  protected skipText(place: Span): void {
    const length = this.varint()
    place.start = this.at
    this.at += length
    place.end = this.at
  }

  protected optionalCopiedText(place: Span): void {
    if (this.option()) this.copiedText(place)
    else place.start = place.end = this.at
  }

  protected skipOptionalText(place: Span): void {
    if (this.option()) this.skipText(place)
    else place.start = place.end = this.at
  }

  protected checkUtf8(start: number, end: number): void {
    if (!isUtf8(this.bytes.subarray(start, end))) this.isReadable = false
  }

  protected optionalLong(): number | null {
    return this.option() ? this.long() : null
  }

  /** True for the second branch of a union with null. */
  protected option(): boolean {
    const branch = this.bytes[this.at++]
    if (branch === 2) return true
    if (branch !== 0) this.isReadable = false
    return false
  }

  /** A null, or the end of a list or map: all are a zero. */
  protected nothing(): void {
    if (this.bytes[this.at++] !== 0) this.isReadable = false
  }

  /** How many items the only block of a list or map has; its end is a `nothing` when there are any. */
  protected items(): number {
    const count = this.varint()
    if (count <= this.bytes.length) return count
    this.isReadable = false
    return 0
  }

  /** Whether to read another of `left` items: no more once something was unreadable, so that reading ends soon. */
  protected goesOn(left: number): boolean {
    return left > 0 && this.isReadable
  }

  /** A number from 0 to 2^27, more than a record can hold bytes, zigzag encoded: a length, a count, a symbol. */
  protected varint(): number {
    const bytes = this.bytes
    let byte = bytes[this.at++] as number
    let value = byte & 0x7f
    for (let shift = 7; byte >= 0x80; shift += 7) {
      if (shift > 21) {
        this.isReadable = false
        return 0
      }
      byte = bytes[this.at++] as number
      value |= (byte & 0x7f) << shift
    }
    if (value % 2 === 1) this.isReadable = false // negative
    return value >> 1
  }

  /** A number from 0 to 2^48, zigzag encoded. */
  protected long(): number {
    let scale = 1
    let value = 0
    for (let length = 0; length < 7; length++) {
      const byte = this.bytes[this.at++] as number
      value += (byte & 0x7f) * scale
      if (byte < 0x80) {
        if (value % 2 === 1) this.isReadable = false // negative
        return value / 2
      }
      scale *= 0x80
    }
    this.isReadable = false
    return 0
  }
}
