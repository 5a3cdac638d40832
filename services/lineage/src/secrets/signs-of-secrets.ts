import { keyOwners } from './secret-names.ts'

/** Without any of these no rule for names finds a secret. */
const names = [
  'pass(?!ed|es|eng|ing|ion|ive)|pw(?:d|(?![a-z]))|secret|token|credential|creds',
  `(?:${keyOwners})[^a-z0-9]{0,4}key`,
  'authorization|bearer|basic[ \\t]|cookie|jsessionid|sas(?![a-z])|sig(?![a-z])|signature|jaas',
  'conn(?:ection)?[ \\t._-]?str|service[^a-z0-9]{0,4}account|keyfile[^a-z0-9]{0,4}dict',
]
/** Without any of these no shape of a secret is found, except for passwords in URLs. */
const shapes = [
  '(?:akia|asia|gh[pousr]_|npm_|hf_)[a-z0-9]{16}|(?:aiza|sk-|sg\\.|hv[sb]\\.)[\\w-]{16}|dapi[0-9a-f]{16}|hw_[a-z0-9]{8}|eyj[\\w-]{8}',
  'github_pat|glpat-|xox[a-z]-|ya29\\.|[rs]k_(?:live|test)|dop_v1|pypi-|hooks\\.slack|-----begin',
  'oracle:|@(?:tcp|unix)\\(|identified\\s|\\s-u|--(?:proxy-)?user|mysql|mariadb|sqlplus',
]
const sign = new RegExp([...names, ...shapes].join('|'), 'i')
const shortest = 4

/** Three characters of each sign, and one that follows them if that is always the same; bytes are searched by these. */
const parts =
  'pass ecre oken eden reds key riza bear asic ooki jses sas sig jaas ccou yfil akia asia aiza ghp_ gho_ ghu_ ghs_ ghr_ b_pa lpat xox a29. ' +
  'sk- k_li k_te hw_ dapi op_v npm_ ypi- hf_ hvs. hvb. sg. eyj slac ---- tifi --us y-us ysql iadb lplu nstr n.st n_st n-st racl @tcp @uni'

/** True when a text may have a secret; false means that it surely has none. Most texts have none, and this is all that they cost. */
export const mayHaveSecret = (text: string): boolean =>
  text.length >= shortest && (hasUserInfo(text) || sign.test(text))

/**
 * `mayHaveSecret` for every text whose UTF-8 bytes lie within the range. Searches by three bytes at a time, and skips two where no sign can
 * end: a third of the time of the regular expression.
 * @param firstAt the first `@` of the bytes that is not before `start`, or any earlier one; -1 where there is none. A caller with many
 * ranges looks for it once
 */
export function bytesMayHaveSecret(
  bytes: Uint8Array,
  start: number,
  end: number,
  firstAt: number = bytes.indexOf(atSign, start),
): boolean {
  for (let at = start + 2; at < end; ) {
    const before = bytes[at - 1] as number
    const byte = bytes[at] as number
    const skipped = skips[(before << 8) | byte] as number
    if (skipped === 0) {
      const next = at + 1 < end ? bitOf(bytes[at + 1] as number) : any
      const part = partOf(bytes[at - 2] as number, before, byte)
      if (((followers[part] as number) & next) !== 0 && isSignAt(bytes, at, start, end)) return true
      at++
    } else at += skipped
  }
  const nextAt = firstAt !== -1 && firstAt < start ? bytes.indexOf(atSign, start) : firstAt
  for (let at = nextAt; at !== -1 && at < end; at = bytes.indexOf(atSign, at + 1)) {
    if (endsUserInfo(at, start, (index) => bytes[index] as number)) return true
  }
  return false
}

/** Letters of either case, and symbols, by five bits: what looks like a part is looked at again. */
const partOf = (first: number, second: number, third: number) =>
  ((first & 31) << 10) | ((second & 31) << 5) | (third & 31)

const bitOf = (code: number) => 1 << (code & 31)
const codesOf = (letters: string) => [...letters].map((letter) => letter.charCodeAt(0))

/** By three characters of a sign: what may follow, a bit for each five bits of a character. */
const followers = new Int32Array(1 << 15)
const any = -1
/** By two bytes: how many to go on, since no part ends before; 0 where one may end here. */
const skips = new Uint8Array(1 << 16).fill(2)

for (const part of parts.split(' ')) {
  const [first = [], second = [], third = [], next] = [...part].map((letter) => codesOf(letter + letter.toUpperCase()))
  addPart(first, second, third, next === undefined ? any : bitOf(next[0] as number))
}
const everyByte = Array.from({ length: 256 }, (_, byte) => byte)
const spaces = everyByte.filter((byte) => byte <= 32 || byte >= 128)
addPart(everyByte, codesOf('pP'), codesOf('wW'), any)
addPart(spaces, codesOf('-'), codesOf('uU'), any)
addPart(codesOf('nN'), spaces, codesOf('sS'), bitOf(0x74))

function addPart(first: readonly number[], second: readonly number[], third: readonly number[], next: number): void {
  for (const b of second) {
    for (const a of first) skips[(a << 8) | b] = Math.min(1, skips[(a << 8) | b] as number)
    for (const c of third) skips[(b << 8) | c] = 0
  }
  for (const a of first) for (const b of second) for (const c of third) addFollower(partOf(a, b, c), next)
}

function addFollower(part: number, next: number): void {
  followers[part] = (followers[part] as number) | next
}

const [reachBack, reachOn] = [48, 24]

function isSignAt(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const around = bytes.subarray(Math.max(start, at - reachBack), Math.min(end, at + reachOn))
  return sign.test(String.fromCharCode.apply(null, around as unknown as number[]))
}

const [atSign, colon, slash, space] = [0x40, 0x3a, 0x2f, 0x20]
const ends = new Set([0x22, 0x27, 0x3c, 0x3e]) // quotes and angle brackets

function hasUserInfo(text: string): boolean {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (endsUserInfo(at, 0, (index) => text.charCodeAt(index))) return true
  }
  return false
}

/** True when a user with a password, or a token, may end at this `@`: after `://` and a colon, or after `https://`. */
function endsUserInfo(at: number, start: number, codeAt: (index: number) => number): boolean {
  let hasColon = false
  for (let index = at - 1; index >= start; index--) {
    const code = codeAt(index)
    if (code <= space || code === atSign || ends.has(code)) return false // an earlier @ was looked at before
    if (code !== colon) continue
    const isAfterScheme = codeAt(index + 1) === slash && codeAt(index + 2) === slash
    if (isAfterScheme) return hasColon || isWeb(index - 1, codeAt)
    hasColon = true
  }
  return false
}

/** True where `http` or `https` may end. */
const isWeb = (at: number, codeAt: (index: number) => number) => {
  const letter = codeAt(at) | space
  return letter === 0x70 || (letter === 0x73 && (codeAt(at - 1) | space) === 0x70)
}
