// Checks JSON where it lies, without objects: https://www.rfc-editor.org/rfc/rfc8259.
// Holds: true for nothing that `JSON.parse` refuses, given that bytes from 0x80 on are valid UTF-8.

const deepest = 64

/** What ends a run of ordinary characters within a string: quote, backslash, control characters and bytes from 0x80 on. */
const isSpecial = new Uint8Array(256)
isSpecial.fill(1, 0, 0x20)
isSpecial.fill(1, 0x80)
const [quote, backslash, comma, colon, minus, plus, dot] = [0x22, 0x5c, 0x2c, 0x3a, 0x2d, 0x2b, 0x2e]
const [openBrace, closeBrace, openBracket, closeBracket, zero, nine] = [0x7b, 0x7d, 0x5b, 0x5d, 0x30, 0x39]
isSpecial[quote] = isSpecial[backslash] = 1

const escapes = new Uint8Array(256)
for (const letter of '"\\/bfnrt') escapes[letter.charCodeAt(0)] = 1
const [letterT, letterF, letterN] = [0x74, 0x66, 0x6e]
const [textTrue, textFalse, textNull] = [Buffer.from('true'), Buffer.from('false'), Buffer.from('null')]

export class JsonBytes {
  /** Whether the text that was checked last has bytes from 0x80 on; whether these are UTF-8 is left to the caller. */
  hasHighBytes = false
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0

  /** True when the range is one JSON text; false as well for what is nested deeper than 64. */
  isJson(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.hasHighBytes = false
    if (end > bytes.length) return false
    this.#space()
    if (!this.#value(0)) return false
    this.#space()
    return this.#at === end
  }

  #value(depth: number): boolean {
    const byte = this.#at < this.#end ? (this.#bytes[this.#at] as number) : 0
    if (byte === quote) return this.#string()
    if (byte === openBrace) return depth < deepest && this.#members(depth, closeBrace)
    if (byte === openBracket) return depth < deepest && this.#members(depth, closeBracket)
    if (byte === minus || isDigit(byte)) return this.#number()
    if (byte === letterF) return this.#literal(textFalse)
    if (byte === letterT) return this.#literal(textTrue)
    return byte === letterN && this.#literal(textNull)
  }

  /** Members of an object or elements of an array, which begin at the bracket. */
  #members(depth: number, close: number): boolean {
    this.#at++
    this.#space()
    if (this.#take(close)) return true
    for (;;) {
      if (close === closeBrace) {
        if (this.#bytes[this.#at] !== quote || !this.#string()) return false
        this.#space()
        if (!this.#take(colon)) return false
        this.#space()
      }
      if (!this.#value(depth + 1)) return false
      this.#space()
      if (this.#take(close)) return true
      if (!this.#take(comma)) return false
      this.#space()
    }
  }

  /** A string that begins at the quote. */
  #string(): boolean {
    const bytes = this.#bytes
    let at = this.#at + 1
    for (;;) {
      while (isSpecial[bytes[at] as number] === 0) at++
      if (at >= this.#end) return false
      const byte = bytes[at] as number
      if (byte === quote) {
        this.#at = at + 1
        return true
      }
      if (byte >= 0x80) {
        this.hasHighBytes = true
        at++
      } else if (byte === backslash) {
        const length = escapeLength(bytes, at + 1)
        if (length === 0) return false
        at += 1 + length
      } else return false
    }
  }

  #number(): boolean {
    this.#take(minus)
    if (!this.#take(zero) && !this.#digits()) return false
    if (this.#take(dot) && !this.#digits()) return false
    if (this.#take(0x65) || this.#take(0x45)) {
      if (!this.#take(plus)) this.#take(minus)
      return this.#digits()
    }
    return true
  }

  /** One digit or more. */
  #digits(): boolean {
    const start = this.#at
    while (this.#at < this.#end && isDigit(this.#bytes[this.#at] as number)) this.#at++
    return this.#at > start
  }

  #literal(literal: Buffer): boolean {
    if (this.#at + literal.length > this.#end) return false
    for (let index = 0; index < literal.length; index++) {
      if (this.#bytes[this.#at + index] !== literal[index]) return false
    }
    this.#at += literal.length
    return true
  }

  #take(byte: number): boolean {
    if (this.#at >= this.#end || this.#bytes[this.#at] !== byte) return false
    this.#at++
    return true
  }

  #space(): void {
    while (this.#at < this.#end && isSpace(this.#bytes[this.#at] as number)) this.#at++
  }
}

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Bytes of an escape after its backslash; 0 when it is none. */
function escapeLength(bytes: Uint8Array, at: number): number {
  if (escapes[bytes[at] as number] === 1) return 1
  if (bytes[at] !== 0x75) return 0
  for (let index = 1; index <= 4; index++) if (!isHex(bytes[at + index] as number)) return 0
  return 5
}

const isHex = (byte: number): boolean => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
