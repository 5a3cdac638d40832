// Characters that a key may not contain, the slash between its segments, and unpaired surrogates, which UTF-8 cannot encode.
const reserved = /[\s#?&%"'<>[\]{}|\\^`/\p{Cc}\p{Cs}]/gu
const encodedCharacter =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi
const surrogate = /^%ed%[ab]/i

/** Percent-encodes the characters that a segment of a key may not contain, as UTF-8 bytes. */
export function encodeText(text: string): string {
  return text.replace(reserved, (character) => bytesOf(character.charCodeAt(0)).map(encoded).join(''))
}

/** Reverses `encodeText`; percent signs that encode no character stay. */
export function decodeText(text: string): string {
  return text.replace(encodedCharacter, (bytes) => {
    if (surrogate.test(bytes)) return String.fromCharCode(unitOf(bytes))
    try {
      return decodeURIComponent(bytes)
    } catch {
      return bytes
    }
  })
}

/** The longest prefix of at most `length` characters that splits neither an encoded character nor a surrogate pair. */
export function prefixOf(text: string, length: number): string {
  const window = text.slice(0, length + 12)
  let end = 0
  for (const [character] of window.matchAll(new RegExp(`${encodedCharacter.source}|.`, 'gisu'))) {
    if (end + character.length > length) break
    end += character.length
  }
  return text.slice(0, end)
}

function bytesOf(code: number): readonly number[] {
  if (code < 0x80) return [code]
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 0x3f)]
  return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
}

const encoded = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

function unitOf(threeBytes: string): number {
  const [, first = '0', second = '0', third = '0'] = threeBytes.split('%')
  const [a, b, c] = [first, second, third].map((byte) => Number.parseInt(byte, 16)) as [number, number, number]
  return ((a & 0x0f) << 12) | ((b & 0x3f) << 6) | (c & 0x3f)
}
