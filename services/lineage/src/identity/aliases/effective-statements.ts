import { type AliasRow, type AliasStatement, compareKeys, holds } from './alias-row.ts'

export type EffectiveStatements = {
  /** The statements in effect, in an order that depends on the rows only. */
  readonly statements: readonly AliasStatement[]
  /** Whether people declare that the two keys differ. */
  readonly isDenied: (a: string, b: string) => boolean
  /** For each key the keys that people declare to differ from it. */
  readonly denials: ReadonlyMap<string, readonly string[]>
}

type Pair = Pick<AliasStatement, 'asset' | 'alias' | 'source'> & { aliasedAt: number; unaliasedAt: number }

/**
 * The statements of the rows that are in effect. For two keys the latest declaration of people decides, whichever of the two is the alias;
 * statements of tools are in effect unless people deny them.
 * @param rewrite resolves the authority of a key
 */
export function effectiveStatements(rows: readonly AliasRow[], rewrite: (key: string) => string): EffectiveStatements {
  const pairs = joined(rows, rewrite)
  const declared = new Map<string, { aliasedAt: number; unaliasedAt: number; readonly keys: readonly string[] }>()
  for (const { source, asset, alias, aliasedAt, unaliasedAt } of pairs) {
    if (source !== 'declared') continue
    const known = declared.get(idOf(asset, alias)) ?? { aliasedAt: 0, unaliasedAt: 0, keys: [asset, alias] }
    known.aliasedAt = Math.max(known.aliasedAt, aliasedAt)
    known.unaliasedAt = Math.max(known.unaliasedAt, unaliasedAt)
    declared.set(idOf(asset, alias), known)
  }
  const isDenied = (a: string, b: string) => {
    if (declared.size === 0) return false
    const known = declared.get(idOf(a, b))
    return known !== undefined && !holds(known)
  }
  const isStated = (pair: Pair) =>
    !isDenied(pair.asset, pair.alias) &&
    // Of two declarations that call each other's asset the alias, the later is in effect.
    (pair.source === 'declared'
      ? pair.aliasedAt > 0 && pair.aliasedAt === declared.get(idOf(pair.asset, pair.alias))?.aliasedAt
      : holds(pair))
  const statements = pairs
    .filter(isStated)
    .map(({ asset, alias, source, aliasedAt: since }) => ({ asset, alias, source, since }))
  const denied = [...declared.values()].filter((pair) => !holds(pair)).map(({ keys }) => keys)
  return { statements: statements.toSorted(compareStatements), isDenied, denials: partnersOf(denied) }
}

const idOf = (a: string, b: string) => (a < b ? `${a}\n${b}` : `${b}\n${a}`) // keys contain no line feeds

/** One row for each source, asset and alias. */
function joined(rows: readonly AliasRow[], rewrite: (key: string) => string): readonly Pair[] {
  const pairs = new Map<string, Pair>()
  for (const row of rows) {
    const { source, aliasedAt, unaliasedAt } = row
    if (source === 'authority') continue
    const asset = rewrite(row.asset)
    const alias = rewrite(row.alias)
    if (asset === alias) continue
    const id = `${source}\n${asset}\n${alias}`
    const known = pairs.get(id)
    if (known === undefined) pairs.set(id, { asset, alias, source, aliasedAt, unaliasedAt })
    else {
      known.aliasedAt = Math.max(known.aliasedAt, aliasedAt)
      known.unaliasedAt = Math.max(known.unaliasedAt, unaliasedAt)
    }
  }
  return [...pairs.values()]
}

const ranks = { declared: 0, renamed: 1, case: 2, table_symlink: 3, symlink: 4 } as const

/** The order in which statements are merged into groups. */
export const compareStatements = (a: AliasStatement, b: AliasStatement): number =>
  ranks[a.source] - ranks[b.source] || compareKeys(a.asset, b.asset) || compareKeys(a.alias, b.alias)

function partnersOf(pairs: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const partners = new Map<string, string[]>()
  for (const [a = '', b = ''] of pairs) {
    partners.set(a, [...(partners.get(a) ?? []), b])
    partners.set(b, [...(partners.get(b) ?? []), a])
  }
  return partners
}
