import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { component, count, oneOf, ref, text, textOrNull, timeOrNull } from './schema.ts'

const sources = ['declared', 'authority', 'table_symlink', 'symlink', 'renamed', 'case'] as const
const sourceText =
  'declared: people; authority: people, of all keys that begin so; table_symlink, symlink: tools; renamed: a tool that renamed it'

export const AliasMember = component(
  'AliasMember',
  Type.Object({
    key: text('Asset key'),
    source: oneOf(sources, sourceText),
    since: timeOrNull('When it was last said; null when it is configured'),
  }),
)
export type AliasMember = Static<typeof AliasMember>

export const AliasStatement = component(
  'AliasStatement',
  Type.Object({
    asset: text('Key that is meant'),
    alias: text('Key that means it'),
    source: oneOf(sources, sourceText),
    since: timeOrNull('When it was last said; null when it is configured'),
  }),
)
export type AliasStatement = Static<typeof AliasStatement>

export const RefusedAlias = component(
  'RefusedAlias',
  Type.Object({
    ...AliasStatement.properties,
    since: timeOrNull('When it was last said; null when it is configured'),
    reason: oneOf(
      ['two_tables', 'too_many_keys', 'denied', 'contradicts'],
      'two_tables: it would make two tables one; too_many_keys: the asset has as many keys as tools may give it; denied: people say that two of the keys are different; contradicts: another authority is said later, or it leads back to itself',
    ),
    between: Type.Array(Type.String(), { description: 'The two keys that may not mean one asset' }),
  }),
)
export type RefusedAlias = Static<typeof RefusedAlias>

export const AliasAnswer = answer('AliasAnswer', {
  key: text('The canonical key'),
  asked: text('The key that was asked for'),
  members: Type.Array(ref(AliasMember), { description: 'Other keys that mean the asset' }),
  statements: Type.Array(ref(AliasStatement), { description: 'All that is said of these keys and holds' }),
  refused: Type.Array(ref(RefusedAlias), { description: 'What is said of them and is not believed' }),
})
export type AliasAnswer = Static<typeof AliasAnswer>

export const SuspiciousAliases = answer('SuspiciousAliases', {
  items: Type.Array(ref(RefusedAlias), { description: 'What is not believed, by asset and alias' }),
  total: count('All of them'),
  nextCursor: textOrNull('Where the next page starts; null when this is the last'),
})
export type SuspiciousAliases = Static<typeof SuspiciousAliases>
