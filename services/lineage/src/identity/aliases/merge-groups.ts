import { authorityOf } from '../authorities/authority-rewriting.ts'
import { isPathPlatform } from '../keys/platform.ts'
import { trimPartitions } from '../keys/trim-partitions.ts'
import type { AliasSource, AliasStatement } from './alias-row.ts'
import type { EffectiveStatements } from './effective-statements.ts'

// Holds: statements are taken in one order, whatever order they arrived in, so that groups depend on the set of statements only.

const mostKeysByTools = 50

/** An alias that a tool reports and that is not accepted. */
export type RefusedMerge = AliasStatement & {
  /** two_tables: it would merge two tables; too_many_keys: the group is full; denied: people declare that two of the keys differ. */
  readonly reason: 'two_tables' | 'too_many_keys' | 'denied'
  /** The two keys that must not identify one asset; for too_many_keys those of the statement. */
  readonly between: readonly [string, string]
}

export type MergedGroup = { readonly keys: readonly string[]; readonly statements: readonly AliasStatement[] }

type Group = {
  readonly keys: string[]
  readonly statements: AliasStatement[]
  /** Keys of tables, one for each platform and authority. Several there are only by people, renames or case; then one of them. */
  readonly tables: string[]
  /** Keys of paths, without those of tables in folders. */
  readonly paths: string[]
}

/** The groups that the statements make, and the statements that were refused. */
export function mergeGroups({ statements, denials }: Pick<EffectiveStatements, 'statements' | 'denials'>): {
  readonly groups: readonly MergedGroup[]
  readonly refused: readonly RefusedMerge[]
} {
  const groupOf = new Map<string, Group>()
  const refused: RefusedMerge[] = []
  const inFolders = new Set(
    statements
      .filter(({ source, alias }) => source === 'table_symlink' && isPathPlatform(alias))
      .map(({ alias }) => alias),
  )
  const groupAt = (key: string) => groupOf.get(key) ?? groupOfOne(key, inFolders)
  for (const statement of statements) {
    const a = groupAt(statement.asset)
    const b = groupAt(statement.alias)
    const objection = a === b ? undefined : objectionTo(statement, a, b, denials)
    if (objection !== undefined) {
      refused.push({ ...statement, ...objection })
      continue
    }
    const group = a === b ? a : joined(a, b)
    group.statements.push(statement)
    if (a === b) continue
    for (const key of (group === a ? b : a).keys) groupOf.set(key, group)
    groupOf.set(statement.asset, group)
    groupOf.set(statement.alias, group)
  }
  return { groups: [...new Set(groupOf.values())], refused }
}

function groupOfOne(key: string, inFolders: ReadonlySet<string>): Group {
  const isPath = isPathPlatform(key)
  return { keys: [key], statements: [], tables: isPath ? [] : [key], paths: isPath && !inFolders.has(key) ? [key] : [] }
}

/** Whether a statement may merge two tables of one platform and authority. Tools that name the same table give it one key. */
export const mayJoinTables = (source: AliasSource): boolean =>
  source === 'declared' || source === 'renamed' || source === 'case'

/** Whether platform and authority are equal. */
export const haveSameAuthority = (a: string, b: string): boolean => authorityOf(a) === authorityOf(b)

/** Merges the smaller group into the larger. */
function joined(a: Group, b: Group): Group {
  const [large, small] = a.keys.length < b.keys.length ? [b, a] : [a, b]
  large.keys.push(...small.keys)
  large.statements.push(...small.statements)
  large.paths.push(...small.paths)
  for (const key of small.tables)
    if (!large.tables.some((table) => haveSameAuthority(table, key))) large.tables.push(key)
  return large
}

function objectionTo(
  { source, asset, alias }: AliasStatement,
  a: Group,
  b: Group,
  denials: EffectiveStatements['denials'],
): Pick<RefusedMerge, 'reason' | 'between'> | undefined {
  if (source === 'declared') return undefined
  const denied = deniedBetween(a, b, denials)
  if (denied !== undefined) return { reason: 'denied', between: denied }
  const isInFolder = source === 'table_symlink' && isPathPlatform(alias)
  const tables = mayJoinTables(source)
    ? undefined
    : (tablesOfBoth(a, b) ?? (isInFolder ? pathsOfBoth(a, b) : undefined))
  if (tables !== undefined) return { reason: 'two_tables', between: tables }
  if (a.keys.length + b.keys.length > mostKeysByTools) return { reason: 'too_many_keys', between: [asset, alias] }
  return undefined
}

function deniedBetween(
  a: Group,
  b: Group,
  denials: EffectiveStatements['denials'],
): readonly [string, string] | undefined {
  if (denials.size === 0) return undefined
  const others = new Set(b.keys)
  for (const key of a.keys) {
    const other = denials.get(key)?.find((partner) => others.has(partner))
    if (other !== undefined) return [key, other]
  }
  return undefined
}

function tablesOfBoth(a: Group, b: Group): readonly [string, string] | undefined {
  for (const key of a.tables) {
    const other = b.tables.find((table) => haveSameAuthority(table, key))
    if (other !== undefined) return [key, other]
  }
  return undefined
}

/**
 * Two different paths of a table in a folder. Machines do not share a folder as they share a catalog: the `default.daily` of
 * `file:/warehouse` on one machine is not that of another. So a table in a folder lies in one path, apart from partitions.
 */
function pathsOfBoth(a: Group, b: Group): readonly [string, string] | undefined {
  const [key] = a.paths
  const [other] = b.paths
  if (key === undefined || other === undefined) return undefined
  const whole = new Set(a.paths.map(wholePath))
  return b.paths.some((path) => whole.has(wholePath(path))) ? undefined : [key, other]
}

const wholePath = (path: string) => trimPartitions(path, ['*']).key
