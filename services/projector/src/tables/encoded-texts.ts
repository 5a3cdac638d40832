import { ByteWriter } from './native/byte-writer.ts'

/** Texts one after another as ClickHouse encodes them, each with its length before it; the next begins at `at`. */
export type EncodedTexts = { readonly bytes: Uint8Array; at: number }

/** Encodes texts, for a row that nothing else has the bytes of. */
export function encodedTexts(...texts: readonly string[]): EncodedTexts {
  const out = new ByteWriter(1 << 8)
  for (const text of texts) out.utf8(text)
  return { bytes: out.bytes(), at: 0 }
}

/** Where the text that begins at `at` ends. */
export function textEnd(bytes: Uint8Array, at: number): number {
  let length = 0
  let next = at
  for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
    byte = bytes[next++] as number
    length |= (byte & 0x7f) << shift
  }
  return next + length
}

/** The texts that lie from `start` to `end`. */
export function textsOf(bytes: Buffer, start: number, end: number): readonly string[] {
  const texts: string[] = []
  for (let at = start; at < end; ) {
    const next = textEnd(bytes, at)
    while ((bytes[at] as number) >= 0x80) at++
    texts.push(bytes.toString('utf8', at + 1, next))
    at = next
  }
  return texts
}
