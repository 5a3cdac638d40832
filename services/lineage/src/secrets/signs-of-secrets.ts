import { keyOwners } from './secret-names.ts'

/** Without any of these no rule for names finds a secret. */
const names = [
  'pass(?!ed|es|eng|ing|ion|ive)|pw|secret|token|credential|creds',
  `(?:${keyOwners})[\\s._-]?key`,
  'authorization|bearer|basic[ \\t]|cookie|jsessionid|sas(?![a-z])|sig(?![a-z])|signature|jaas|conn(?:ection)?[\\s._-]?str|service.?account|keyfile.dict',
]
/** Without any of these no shape of a secret is found. */
const shapes = [
  '\\b(?:akia|asia|aiza|gh[pousr]_|github_pat|glpat-|xox[a-z]-|ya29\\.|sk-|[rs]k_|hw_|dapi|dop_v1|npm_|pypi-|hf_|hv[sb]\\.|sg\\.|eyj)',
  'hooks\\.slack|-----begin|identified\\s|\\s-u|--(?:proxy-)?user|mysql|mariadb|sqlplus',
]
const sign = new RegExp([...names, ...shapes].join('|'), 'i')
const shortest = 4

/** True when a text may have a secret; false means that it surely has none. Most texts have none, and this is all that they cost. */
export const mayHaveSecret = (text: string): boolean =>
  text.length >= shortest && ((text.includes('@') && text.includes(':')) || sign.test(text))
