// A growing buffer of rows in ClickHouse's RowBinary format: https://clickhouse.com/docs/interfaces/formats/RowBinary
// Holds: bytes [0, length) are whole values.

const shortStringLimit = 42 // 3 bytes a character at most, so the length fits one varint byte
const asciiLimit = 24

export class RowBinaryWriter {
  #buffer: Buffer
  #length = 0
  rows = 0

  constructor(initialBytes = 1 << 20) {
    this.#buffer = Buffer.allocUnsafe(initialBytes)
  }

  /** What was written so far. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  uint8(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#length++] = value
  }

  uint16(value: number): void {
    this.#reserve(2)
    this.#length = this.#buffer.writeUInt16LE(value, this.#length)
  }

  uint32(value: number): void {
    this.#reserve(4)
    this.#length = this.#buffer.writeUInt32LE(value, this.#length)
  }

  /** @param value a safe integer, 0 or more */
  uint64(value: number): void {
    this.uint64Parts(Math.floor(value / 2 ** 32), value % 2 ** 32)
  }

  uint64Parts(high: number, low: number): void {
    this.#reserve(8)
    this.#length = this.#buffer.writeUInt32LE(low, this.#length)
    this.#length = this.#buffer.writeUInt32LE(high, this.#length)
  }

  /** DateTime64(3). @param epochMs milliseconds since 1970 */
  dateTime64(epochMs: number): void {
    this.#reserve(8)
    this.#length = this.#buffer.writeUInt32LE(epochMs % 2 ** 32, this.#length)
    this.#length = this.#buffer.writeInt32LE(Math.floor(epochMs / 2 ** 32), this.#length)
  }

  /** Date32, in UTC. @param epochMs milliseconds since 1970 */
  date32(epochMs: number): void {
    this.uint32(Math.floor(epochMs / 86_400_000))
  }

  nullableDateTime64(epochMs: number | null): void {
    this.uint8(epochMs === null ? 1 : 0)
    if (epochMs !== null) this.dateTime64(epochMs)
  }

  float64(value: number): void {
    this.#reserve(8)
    this.#length = this.#buffer.writeDoubleLE(value, this.#length)
  }

  /** UInt128 or FixedString(16). @param hash 16 characters, each a byte */
  hash128(hash: string): void {
    this.#reserve(16)
    for (let index = 0; index < 16; index++) this.#buffer[this.#length++] = hash.charCodeAt(index)
  }

  string(value: string): void {
    if (value.length <= shortStringLimit) {
      this.#reserve(1 + value.length * 3)
      if (value.length <= asciiLimit && this.#ascii(value)) return
      const bytes = this.#buffer.write(value, this.#length + 1)
      this.#buffer[this.#length] = bytes
      this.#length += 1 + bytes
      return
    }
    const bytes = Buffer.byteLength(value)
    this.varint(bytes)
    this.#reserve(bytes)
    this.#length += this.#buffer.write(value, this.#length)
  }

  /** Writes a short text byte by byte, which is faster than a call to the runtime; false when it is not ASCII. */
  #ascii(value: string): boolean {
    const start = this.#length + 1
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      if (code > 0x7f) return false
      this.#buffer[start + index] = code
    }
    this.#buffer[this.#length] = value.length
    this.#length = start + value.length
    return true
  }

  /** Length of the array, string or map that follows. */
  varint(value: number): void {
    this.#reserve(5)
    let rest = value
    while (rest >= 0x80) {
      this.#buffer[this.#length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#buffer[this.#length++] = rest
  }

  strings(values: readonly string[]): void {
    this.varint(values.length)
    for (const value of values) this.string(value)
  }

  hashes128(values: readonly string[]): void {
    this.varint(values.length)
    for (const value of values) this.hash128(value)
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes))
    this.#buffer.copy(grown, 0, 0, this.#length)
    this.#buffer = grown
  }
}
