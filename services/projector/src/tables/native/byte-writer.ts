import type { Hash128 } from '../hash128.ts'

// Holds: bytes [0, length) are whole values; the buffer grows by doubling and is kept when cleared.

const byLoop = 48 // so many bytes are copied sooner one by one than by a call to the runtime

/** A growing buffer. Numbers are little-endian, as in all of ClickHouse's formats. */
export class ByteWriter {
  #buffer: Buffer
  #length = 0

  constructor(initialBytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(initialBytes)
  }

  /** What was written so far; valid until `clear`. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
  }

  uint8(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#length++] = value
  }

  int32(value: number): void {
    this.#reserve(4)
    this.#put32(value)
  }

  /** @param value a safe integer */
  int64(value: number): void {
    this.#reserve(8)
    this.#put32(value % 2 ** 32)
    this.#put32(Math.floor(value / 2 ** 32))
  }

  float64(value: number): void {
    this.#reserve(8)
    this.#length = this.#buffer.writeDoubleLE(value, this.#length)
  }

  /** Length of the text that follows: seven bits a byte, the lowest first. @param value 0 to 2^31 - 1 */
  varint(value: number): void {
    this.#reserve(5)
    let rest = value
    while (rest >= 0x80) {
      this.#buffer[this.#length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#buffer[this.#length++] = rest
  }

  uint128(value: Hash128): void {
    this.#reserve(16)
    this.#put32(value[0])
    this.#put32(value[1])
    this.#put32(value[2])
    this.#put32(value[3])
  }

  utf8(text: string): void {
    const bytes = Buffer.byteLength(text)
    this.varint(bytes)
    this.#reserve(bytes)
    this.#length += this.#buffer.write(text, this.#length)
  }

  copy(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start)
    if (end - start > byLoop) this.#buffer.set(source.subarray(start, end), this.#length)
    else this.#copyByLoop(source, start, end)
    this.#length += end - start
  }

  #copyByLoop(source: Uint8Array, start: number, end: number): void {
    const buffer = this.#buffer
    for (let from = start, to = this.#length; from < end; from++, to++) buffer[to] = source[from] as number
  }

  #put32(value: number): void {
    const buffer = this.#buffer
    const at = this.#length
    buffer[at] = value
    buffer[at + 1] = value >> 8
    buffer[at + 2] = value >> 16
    buffer[at + 3] = value >> 24
    this.#length = at + 4
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + bytes))
    this.#buffer.copy(grown, 0, 0, this.#length)
    this.#buffer = grown
  }
}
