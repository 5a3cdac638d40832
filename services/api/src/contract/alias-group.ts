import { type Static, Type } from 'typebox'
import { answer, nextCursor } from './answer.ts'
import { component, count, oneOf, ref, text, timeOrNull } from './schema.ts'

const sources = ['declared', 'authority', 'table_symlink', 'symlink', 'renamed', 'case'] as const
const sourceText =
  'declared: a person declared the alias; authority: a person declared it for all keys that start like this; table_symlink, symlink: a tool reported it; renamed: a tool renamed the asset; case: the platform ignores case'
const sinceText = 'When it was last reported; null when it is configured or follows from the platform'

export const AliasMember = component(
  'AliasMember',
  Type.Object({
    key: text('Asset key'),
    source: oneOf(sources, sourceText),
    since: timeOrNull(sinceText),
  }),
)
export type AliasMember = Static<typeof AliasMember>

export const AliasStatement = component(
  'AliasStatement',
  Type.Object({
    asset: text('Key of the asset'),
    alias: text('Key that resolves to the asset'),
    source: oneOf(sources, sourceText),
    since: timeOrNull(sinceText),
  }),
)
export type AliasStatement = Static<typeof AliasStatement>

export const RefusedAlias = component(
  'RefusedAlias',
  Type.Object({
    ...AliasStatement.properties,
    since: timeOrNull(sinceText),
    reason: oneOf(
      ['two_tables', 'too_many_keys', 'denied', 'contradicts'],
      'two_tables: it would merge two tables; too_many_keys: the asset already has as many keys as tools may give it; denied: a person declared that two of the keys are different assets; contradicts: a later rule rewrites the same authority differently, or the rules form a cycle',
    ),
    between: Type.Array(Type.String(), { description: 'The two keys that must not be merged' }),
  }),
)
export type RefusedAlias = Static<typeof RefusedAlias>

export const AliasAnswer = answer('AliasAnswer', {
  key: text('Canonical key'),
  asked: text('The key in the request'),
  members: Type.Array(ref(AliasMember), { description: 'All other keys of the asset' }),
  statements: Type.Array(ref(AliasStatement), { description: 'The aliases in effect between these keys' }),
  refused: Type.Array(ref(RefusedAlias), { description: 'Aliases of these keys that are refused' }),
})
export type AliasAnswer = Static<typeof AliasAnswer>

export const SuspiciousAliases = answer('SuspiciousAliases', {
  items: Type.Array(ref(RefusedAlias), { description: 'Refused aliases, sorted by asset and alias' }),
  total: count('Number of refused aliases on all pages'),
  nextCursor,
})
export type SuspiciousAliases = Static<typeof SuspiciousAliases>
