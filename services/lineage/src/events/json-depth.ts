const [quote, backslash, brackets] = [0x22, 0x5c, new Uint8Array(256)]
for (const open of [0x5b, 0x7b]) brackets[open] = 1
for (const close of [0x5d, 0x7d]) brackets[close] = 2

/** Of JSON that is taken; beyond it, what recurses would run out of stack. */
export const maxJsonDepth = 100

/** Where JSON text is nested deeper than `most`: a byte offset, or -1. Text that is no JSON is read as if it were. */
export function tooDeepAt(json: Uint8Array, most: number): number {
  let depth = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] as number
    if (isText) {
      if (byte === backslash) at++
      else if (byte === quote) isText = false
    } else if (byte === quote) isText = true
    else if (brackets[byte] === 1) {
      if (++depth > most) return at
    } else if (brackets[byte] === 2) depth--
  }
  return -1
}
