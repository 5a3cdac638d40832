import type { Hash128 } from '../tables/hash128.ts'

/**
 * The id of an event's content: of its body, which begins at `start` and ends the bytes. MurmurHash3_x86_128 with seed 0:
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp. It distinguishes the events of one run
 * and need not resist forged collisions: whoever forges one loses only events of the same run.
 */
export function factIdOf(bytes: Uint8Array, start: number): Hash128 {
  const length = bytes.length - start
  const tail = start + (length & ~15)
  let h1 = 0
  let h2 = 0
  let h3 = 0
  let h4 = 0
  for (let at = start; at < tail; at += 16) {
    h1 ^= mix(word(bytes, at), c1, 15, c2)
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0
    h2 ^= mix(word(bytes, at + 4), c2, 16, c3)
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0
    h3 ^= mix(word(bytes, at + 8), c3, 17, c4)
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0
    h4 ^= mix(word(bytes, at + 12), c4, 18, c1)
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0
  }
  h4 ^= mix(lastWord(bytes, tail + 12), c4, 18, c1)
  h3 ^= mix(lastWord(bytes, tail + 8), c3, 17, c4)
  h2 ^= mix(lastWord(bytes, tail + 4), c2, 16, c3)
  h1 ^= mix(lastWord(bytes, tail), c1, 15, c2)
  h1 ^= length
  h2 ^= length
  h3 ^= length
  h4 ^= length
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0
  h3 = (h3 + h1) | 0
  h4 = (h4 + h1) | 0
  h1 = finish(h1)
  h2 = finish(h2)
  h3 = finish(h3)
  h4 = finish(h4)
  h1 = (h1 + h2 + h3 + h4) | 0
  return [h1, (h2 + h1) | 0, (h3 + h1) | 0, (h4 + h1) | 0]
}

const c1 = 0x239b961b
const c2 = 0xab0e9789
const c3 = 0x38b34ae5
const c4 = 0xa1e38b93

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

const mix = (value: number, before: number, bits: number, after: number): number =>
  Math.imul(rotate(Math.imul(value, before), bits), after)

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  )
}

/** What is left of a word at the end; zero beyond it. */
function lastWord(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let index = Math.min(bytes.length - at, 4) - 1; index >= 0; index--) {
    value = (value << 8) | (bytes[at + index] as number)
  }
  return value
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
