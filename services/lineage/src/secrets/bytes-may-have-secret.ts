import { keyOwners } from './secret-names.ts'
import { endsUserInfo, signInBytes } from './signs-of-secrets.ts'

// Holds: every sign has one of these words. The search goes on by two bytes, so it meets one of the two pairs of any three: both pairs stop it.

/** Words of signs. The three characters in brackets are searched for, chosen such that their pairs are rare in other texts. */
const words = [
  'p[ass] [pwd] se[cre]t t[oke]n [cre]dential [cre]ds author[iza]tion be[are]r b[asi]c c[ook]ie jse[ssi]onid [sas] [sig] j[aas] k[eyf]ile',
  'con[nst]r connectio[nst]r a[kia] a[sia] [ghp]_ [gho]_ [ghu]_ [ghs]_ [ghr]_ [npm]_ [hf_] a[iza] [sk-] [sg.] [hvs]. [hvb]. d[api] [hw_]',
  '[eyj] gith[ub_]pat [glp]at- [xox] [ya2]9. [rk_]live [rk_]test [sk_]live [sk_]test do[p_v]1 py[pi-] hooks.[sla]ck [---]--begin',
  'or[acl]e: @t[cp(] @un[ix(] ident[ifi]ed [--u]ser prox[y-u]ser [mys]ql ma[ria]db sq[lpl]us',
].flatMap((line) => line.split(' '))
const separated = [...' \t._-'].flatMap((separator) => [`conn[${separator}st]r`, `connection[${separator}st]r`])
/** Words that are signs after an owner, with a gap between them. */
const owned = [...keyOwners.split('|').map((owner) => [owner, '[key]'] as const), ['service', '[acc]ount'] as const]

type Word = { readonly before: readonly number[]; readonly after: readonly number[]; readonly owner: readonly number[] }

/** By two bytes: whether a word or an address with a user may be there. */
const stops = new Uint8Array(1 << 16)
/** By three characters: which list of words they are of; 0 for none. */
const listOf = new Uint16Array(1 << 15)
const lists: Word[][] = [[]]

/** Letters of either case, and symbols, by five bits: what looks alike is compared again. */
const partOf = (first: number, second: number, third: number) =>
  ((first & 31) << 10) | ((second & 31) << 5) | (third & 31)

/**
 * `mayHaveSecret` for every text whose UTF-8 bytes lie within the range; a text that is a secret only because of the name
 * before it has no sign.
 */
export function bytesMayHaveSecret(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start + 1 + ((end - start) & 1); at < end; at += 2) {
    const pair = ((bytes[at - 1] as number) << 8) | (bytes[at] as number)
    if (stops[pair] !== 0 && isSecretAt(bytes, at, start, end)) return true
  }
  return false
}

/** Whether the pair of bytes that ends at `at` is of a sign, or one of them ends a user. */
function isSecretAt(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  if (isWordAt(bytes, at, start, end) || isWordAt(bytes, at + 1, start, end)) return true
  if (bytes[at - 1] === atSign && isUserAt(bytes, at - 1, start)) return true
  return bytes[at] === atSign && isUserAt(bytes, at, start)
}

const atSign = 0x40

const isUserAt = (bytes: Uint8Array, at: number, start: number): boolean =>
  endsUserInfo(at, start, (index) => bytes[index] as number)

function isWordAt(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  if (at - 2 < start || at > end) return false
  const third = at < end ? (bytes[at] as number) : 0 // `pw` may end the range
  const list = listOf[partOf(bytes[at - 2] as number, bytes[at - 1] as number, third)] as number
  if (list === 0) return false
  for (const word of lists[list] as Word[]) {
    if (isWord(bytes, at, word, start, end)) return isSignAt(bytes, at, start, end)
  }
  return false
}

function isWord(bytes: Uint8Array, at: number, { before, after, owner }: Word, start: number, end: number): boolean {
  const first = at - 2 - before.length
  if (first < start || at + after.length > end || !has(bytes, first, before) || !has(bytes, at + 1, after)) return false
  return owner.length === 0 || isOwned(bytes, first, owner, start)
}

const longestGap = 12

function isOwned(bytes: Uint8Array, first: number, owner: readonly number[], start: number): boolean {
  let from = first
  while (from > start && first - from < longestGap && !isAlphanumeric(bytes[from - 1] as number)) from--
  return from - owner.length >= start && has(bytes, from - owner.length, owner)
}

/** Whether these characters, in lower case, stand there in either case. */
function has(bytes: Uint8Array, at: number, codes: readonly number[]): boolean {
  for (let index = 0; index < codes.length; index++) {
    const [code, byte] = [codes[index] as number, bytes[at + index] as number]
    if (byte !== code && !(isLetter(code) && (byte | 0x20) === code)) return false
  }
  return true
}

const [reachBack, reachOn] = [48, 24]

function isSignAt(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const around = bytes.subarray(Math.max(start, at - reachBack), Math.min(end, at + reachOn))
  return signInBytes.test(String.fromCharCode.apply(null, around as unknown as number[]))
}

const isLetter = (byte: number) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a
const isAlphanumeric = (byte: number) => isLetter(byte) || (byte >= 0x30 && byte <= 0x39)

const codesOf = (text: string) => [...text].map((character) => character.charCodeAt(0))
const eitherCase = (text: string) => codesOf(text + text.toUpperCase())

for (const text of [...words, ...separated]) addWord(text, '')
for (const [owner, text] of owned) addWord(text, owner)
const everyByte = Array.from({ length: 256 }, (_, byte) => byte)
const spaces = everyByte.filter((byte) => byte <= 0x20 || byte >= 0x80)
const whole: Word = { before: [], after: [], owner: [] }
const noLetters = everyByte.filter((byte) => !isLetter(byte))
addPart([eitherCase('p'), eitherCase('w'), noLetters], whole)
addPart([spaces, codesOf('-'), eitherCase('u')], whole)
for (const byte of everyByte) stops[(atSign << 8) | byte] = stops[(byte << 8) | atSign] = 1

function addWord(text: string, owner: string): void {
  const [before = '', part = '', after = ''] = text.split(/[[\]]/)
  addPart([...part].map(eitherCase), { before: codesOf(before), after: codesOf(after), owner: codesOf(owner) })
}

function addPart([firsts = [], seconds = [], thirds = []]: readonly (readonly number[])[], word: Word): void {
  for (const second of seconds) {
    for (const first of firsts) stops[(first << 8) | second] = 1
    for (const third of thirds) stops[(second << 8) | third] = 1
  }
  const parts = firsts.flatMap((a) => seconds.flatMap((b) => thirds.map((c) => partOf(a, b, c))))
  for (const part of new Set(parts)) {
    const list = listOf[part] === 0 ? lists.push([]) - 1 : (listOf[part] as number)
    listOf[part] = list
    lists[list]?.push(word)
  }
}
