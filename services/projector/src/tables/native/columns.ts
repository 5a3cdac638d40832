import { type EncodedTexts, textEnd } from '../encoded-texts.ts'
import type { Hash128 } from '../hash128.ts'
import { ByteWriter } from './byte-writer.ts'

// Columns as ClickHouse's Native format lays them out: https://clickhouse.com/docs/interfaces/formats/Native
// Holds: the values of one column, in the order of the rows. The server converts between String and LowCardinality(String).

export interface Column {
  readonly type: string
  /** Its bytes, in pieces; valid until `clear`. */
  parts(): readonly Buffer[]
  clear(): void
}

/** Columns whose bytes are one run of values. */
abstract class PlainColumn implements Column {
  abstract readonly type: string
  protected readonly out = new ByteWriter(1 << 12)
  parts = (): readonly Buffer[] => [this.out.bytes()]
  clear = (): void => this.out.clear()
}

export class TextColumn extends PlainColumn {
  readonly type = 'String'

  add(text: string): void {
    if (text === '') this.out.uint8(0)
    else this.out.utf8(text)
  }

  /** A text that is in UTF-8 already. */
  addBytes(source: Uint8Array, start: number, end: number): void {
    if (start === end) {
      this.out.uint8(0)
      return
    }
    this.out.varint(end - start)
    this.out.copy(source, start, end)
  }

  /** A text of Avro: its length, doubled, then its bytes. @returns where it ends */
  addAvro(source: Uint8Array, start: number): number {
    const { at, end } = avroText(source, start)
    this.addBytes(source, at, end)
    return end
  }

  /** The next of texts that are encoded already. */
  copyNext(texts: EncodedTexts): void {
    const end = textEnd(texts.bytes, texts.at)
    this.out.copy(texts.bytes, texts.at, end)
    texts.at = end
  }

  /** Begins a text of so many bytes, which the following calls of `append...` must add up to. */
  begin(bytes: number): void {
    this.out.varint(bytes)
  }

  appendAscii(text: string): void {
    for (let index = 0; index < text.length; index++) this.out.uint8(text.charCodeAt(index))
  }

  /** A text of Avro as a part of the text that was begun. @returns where it ends */
  appendAvro(source: Uint8Array, start: number): number {
    const { at, end } = avroText(source, start)
    this.out.copy(source, at, end)
    return end
  }
}

/** Where the bytes of an Avro text lie that begins with its length, which is doubled. */
function avroText(source: Uint8Array, start: number): { readonly at: number; readonly end: number } {
  let at = start
  let length = 0
  for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
    byte = source[at++] as number
    length |= (byte & 0x7f) << shift
  }
  return { at, end: at + (length >> 1) }
}

/** One byte a value: Bool, an Enum8. */
export class ByteColumn extends PlainColumn {
  readonly type: string

  constructor(type: string) {
    super()
    this.type = type
  }

  add(value: number): void {
    this.out.uint8(value)
  }
}

export class UInt8Column extends PlainColumn {
  readonly type = 'UInt8'

  add(value: number): void {
    this.out.uint8(value)
  }
}

export class UInt32Column extends PlainColumn {
  readonly type = 'UInt32'

  add(value: number): void {
    this.out.int32(value)
  }
}

export class UInt64Column extends PlainColumn {
  readonly type = 'UInt64'

  /** @param value a safe integer, 0 or more */
  add(value: number): void {
    this.out.int64(value)
  }
}

export class Float64Column extends PlainColumn {
  readonly type = 'Float64'

  add(value: number): void {
    this.out.float64(value)
  }

  /** A double of Avro, which has the same layout. @returns where it ends */
  addAvro(source: Uint8Array, start: number): number {
    this.out.copy(source, start, start + 8)
    return start + 8
  }
}

export class DateTime64Column extends PlainColumn {
  readonly type = "DateTime64(3, 'UTC')"

  add(epochMs: number): void {
    this.out.int64(epochMs)
  }
}

export class Date32Column extends PlainColumn {
  readonly type = 'Date32'

  /** The day, in UTC, of a time. */
  add(epochMs: number): void {
    this.out.int32(Math.floor(epochMs / 86_400_000))
  }
}

export class UInt128Column extends PlainColumn {
  readonly type = 'UInt128'

  add(hash: Hash128): void {
    this.out.uint128(hash)
  }
}

export class NullableDateTime64Column implements Column {
  readonly type = "Nullable(DateTime64(3, 'UTC'))"
  readonly #isNull = new ByteWriter(1 << 12)
  readonly #values = new ByteWriter(1 << 12)

  add(epochMs: number | null): void {
    this.#isNull.uint8(epochMs === null ? 1 : 0)
    this.#values.int64(epochMs ?? 0)
  }

  parts = (): readonly Buffer[] => [this.#isNull.bytes(), this.#values.bytes()]

  clear(): void {
    this.#isNull.clear()
    this.#values.clear()
  }
}

/** Lists: add elements to `element`, then `end` the list. */
export class ArrayColumn<Element extends Column> implements Column {
  readonly type: string
  readonly element: Element
  readonly #ends = new ByteWriter(1 << 12)
  #length = 0

  /** @param type of something else with the layout of an array */
  constructor(element: Element, type = `Array(${element.type})`) {
    this.element = element
    this.type = type
  }

  /** @param count how many elements were added since the last list */
  end(count: number): void {
    this.#length += count
    this.#ends.int64(this.#length)
  }

  parts = (): readonly Buffer[] => [this.#ends.bytes(), ...this.element.parts()]

  clear(): void {
    this.#length = 0
    this.#ends.clear()
    this.element.clear()
  }
}

/** A column of pairs, as a map has them. */
export class PairColumn<Key extends Column, Value extends Column> implements Column {
  readonly type: string
  readonly key: Key
  readonly value: Value

  constructor(key: Key, value: Value) {
    this.key = key
    this.value = value
    this.type = `Tuple(${key.type}, ${value.type})`
  }

  parts = (): readonly Buffer[] => [...this.key.parts(), ...this.value.parts()]

  clear(): void {
    this.key.clear()
    this.value.clear()
  }
}

/** A column of named tuples. */
export class TupleColumn<Elements extends Readonly<Record<string, Column>>> implements Column {
  readonly type: string
  readonly elements: Elements

  constructor(elements: Elements) {
    this.elements = elements
    const parts = Object.entries(elements).map(([name, { type }]) => `${name} ${type}`)
    this.type = `Tuple(${parts.join(', ')})`
  }

  parts = (): readonly Buffer[] => Object.values(this.elements).flatMap((element) => element.parts())

  clear(): void {
    for (const element of Object.values(this.elements)) element.clear()
  }
}
