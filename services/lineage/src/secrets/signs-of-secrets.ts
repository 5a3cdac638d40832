import { keyOwners } from './secret-names.ts'

/** @param gap between two words of a name @param space any white space */
function signsWith(gap: string, space: string): RegExp {
  /** Without any of these no rule for names finds a secret. */
  const names = [
    'pass(?!ed|es|eng|ing|ion|ive)|pw(?:d|(?![a-z]))|secret|token|credential|creds',
    `(?:${keyOwners})${gap}key`,
    'authorization|bearer|basic[ \\t]|cookie|jsessionid|sas(?![a-z])|sig(?![a-z])|signature|jaas',
    `conn(?:ection)?[ \\t._-]?str|service${gap}account|keyfile${gap}dict`,
  ]
  /** Without any of these no shape of a secret is found, except for passwords in URLs. */
  const shapes = [
    '(?:akia|asia|gh[pousr]_|npm_|hf_)[a-z0-9]{16}|(?:aiza|sk-|sg\\.|hv[sb]\\.)[\\w-]{16}|dapi[0-9a-f]{16}|hw_[a-z0-9]{8}|eyj[\\w-]{8}',
    'github_pat|glpat-|xox[a-z]-|ya29\\.|[rs]k_(?:live|test)|dop_v1|pypi-|hooks\\.slack|-----begin',
    `oracle:|@(?:tcp|unix)\\(|identified${space}|${space}-u|--(?:proxy-)?user|mysql|mariadb|sqlplus`,
  ]
  return new RegExp([...names, ...shapes].join('|'), 'i')
}
const sign = signsWith('[^a-z0-9]{0,4}', '\\s')
/** Finds the same in UTF-8 that was read as characters of one byte: up to three bytes are one of a gap, and the last of a space. */
export const signInBytes = signsWith(
  '(?:[^a-z0-9]{0,4}|[^a-z0-9]{0,11}[\\x80-\\xff][^a-z0-9]{0,11})',
  '[\\s\\x80-\\xff]',
)
const shortest = 2 // `pw`

/** True when a text may have a secret; false means that it surely has none. Most texts have none, and this is all that they cost. */
export const mayHaveSecret = (text: string): boolean =>
  text.length >= shortest && (hasUserInfo(text) || sign.test(text))

const [atSign, colon, slash, space] = [0x40, 0x3a, 0x2f, 0x20]
const ends = new Set([0x22, 0x27, 0x3c, 0x3e]) // quotes and angle brackets

function hasUserInfo(text: string): boolean {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (endsUserInfo(at, 0, (index) => text.charCodeAt(index))) return true
  }
  return false
}

/** True when a user with a password, or a token, may end at this `@`: after `://` and a colon, or after `https://`. */
export function endsUserInfo(at: number, start: number, codeAt: (index: number) => number): boolean {
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
