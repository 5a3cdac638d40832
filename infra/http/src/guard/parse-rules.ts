const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** Entries of a variable, and the numbers (from 1) of those that are invalid. */
export type ParsedEntries = { readonly entries: readonly string[]; readonly invalid: readonly number[] }

const label = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?'
const hostEntry = new RegExp(`^(?:\\*|(?:\\.?${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?)$`)

/** Parses ALLOWED_HOSTS: comma separated names or addresses, each with an optional port; `.example.com` and `*` as in GuardRules. */
export function parseAllowedHosts(text: string): ParsedEntries {
  return parsed(
    listOf(text).map((entry) => entry.toLowerCase()),
    (entry) => hostEntry.test(entry),
  )
}

/** Parses CORS_ORIGINS: comma separated origins, exactly as browsers send them, or `*`. */
export const parseCorsOrigins = (text: string): ParsedEntries => parsed(listOf(text), isOrigin)

function isOrigin(entry: string): boolean {
  if (entry === '*') return true
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\*]+$/.test(entry) || !URL.canParse(entry)) return false
  const { protocol, origin } = new URL(entry)
  return protocol === 'http:' || protocol === 'https:' ? origin === entry : true
}

function parsed(entries: readonly string[], isValid: (entry: string) => boolean): ParsedEntries {
  const invalid = entries.flatMap((entry, index) => (isValid(entry) ? [] : [index + 1]))
  return { entries, invalid }
}
