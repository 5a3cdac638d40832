import { type AliasRow, type AliasStatement, compareKeys, holds } from './alias-row.ts'

export type EffectiveStatements = {
  /** What holds, in an order that depends on nothing but what is said. */
  readonly statements: readonly AliasStatement[]
  /** Whether people say that the two are different. */
  readonly isDenied: (a: string, b: string) => boolean
  /** For each key those that people say are different from it. */
  readonly denials: ReadonlyMap<string, readonly string[]>
}

type Pair = Pick<AliasStatement, 'asset' | 'alias' | 'source'> & { aliasedAt: number; unaliasedAt: number }

/**
 * What is said of each pair of keys. The latest that people say decides, whichever of the two they call the alias; of what tools
 * say all that is not denied holds.
 * @param rewrite gives keys the authority that is meant
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
    // Of two that call each other the alias the later is believed.
    (pair.source === 'declared'
      ? pair.aliasedAt > 0 && pair.aliasedAt === declared.get(idOf(pair.asset, pair.alias))?.aliasedAt
      : holds(pair))
  const statements = pairs
    .filter(isStated)
    .map(({ asset, alias, source, aliasedAt: since }) => ({ asset, alias, source, since }))
  const denied = [...declared.values()].filter((pair) => !holds(pair)).map(({ keys }) => keys)
  return { statements: statements.toSorted(compareStatements), isDenied, denials: partnersOf(denied) }
}

const idOf = (a: string, b: string) => (a < b ? `${a}\n${b}` : `${b}\n${a}`) // keys cannot hold a line feed

/** One row for what one source says of two keys in this order. */
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

/** The order in which groups are made. */
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
