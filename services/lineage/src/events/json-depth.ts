const [quote, backslash, brackets] = [0x22, 0x5c, new Uint8Array(256)]
for (const open of [0x5b, 0x7b]) brackets[open] = 1
for (const close of [0x5d, 0x7d]) brackets[close] = 2

/** Greatest accepted depth of JSON; deeper values would overflow the stack of recursive functions. */
export const maxJsonDepth = 100

/** The byte offset at which JSON is nested deeper than `most`, or -1. Does not check that the text is valid JSON. */
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
