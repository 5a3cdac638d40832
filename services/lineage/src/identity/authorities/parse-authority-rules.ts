import type { AuthorityRule } from './authority-rules.ts'

const prefix = /^[a-z0-9]+:\/\/\S*$/

/**
 * Reads the setting: rules `from=to`, comma separated, e.g. `postgres://10.0.0.5=postgres://analytics,snowflake://=snowflake://org-acct`.
 * @throws RangeError naming the first invalid rule
 */
export function parseAuthorityRules(text: string): readonly AuthorityRule[] {
  const rules = text.split(',').map((rule) => rule.trim())
  return rules.filter((rule) => rule !== '').map(parseRule)
}

function parseRule(part: string): AuthorityRule {
  const [from = '', to = '', ...rest] = part.split('=').map((end) => end.trim())
  if (rest.length === 0 && prefix.test(from) && prefix.test(to) && !to.endsWith('://')) {
    return { from, to, since: null }
  }
  throw new RangeError(`${JSON.stringify(part)} is not from=to, e.g. postgres://10.0.0.5=postgres://analytics`)
}
