import { lastingRenames, type RecordedEvent } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { compareTuples } from './compare-tuples.ts'
import { foldReference } from './fold-reference.ts'
import { withKeys } from './with-keys.ts'

/** An accepted alias; `at` is when it was last added, epoch milliseconds. */
export type ReferenceAlias = {
  readonly asset: string
  readonly alias: string
  readonly source: string
  readonly at: number
}

export type ReferenceAliases = {
  readonly canonical: (key: string) => string
  /** Whether an asset was renamed and no longer has the key. */
  readonly isFormer: (key: string) => boolean
  readonly accepted: readonly ReferenceAlias[]
}

type AliasReport = {
  readonly asset: string
  readonly alias: string
  readonly source: string
  added: number
  removed: number
}

const order = ['declared', 'renamed', 'table_symlink', 'symlink']
const paths = /^(s3|gs|abfss|wasbs|hdfs|file|dbfs):/
const most = 50

/** Rule: the canonical key of every key, by all events, whatever the moment. Authority rules have no loops here. */
export function referenceAliases(records: readonly RecordedEvent[]): ReferenceAliases {
  const reports = reportsOf(records.map(({ event }) => event))
  const rules = reports
    .filter(({ source, added, removed }) => source === 'authority' && added > 0 && added >= removed)
    .sort((a, b) => compareTuples([-a.added, a.asset], [-b.added, b.asset]))
    .filter(({ alias }, at, all) => all.findIndex((one) => one.alias === alias) === at)
  const rewrite = (key: string): string => {
    const matching = rules.filter(({ alias }) => key === alias || key.startsWith(`${alias}/`))
    const [longest] = matching.sort((a, b) => b.alias.length - a.alias.length)
    return longest === undefined ? key : rewrite(longest.asset + key.slice(longest.alias.length))
  }
  const pairs = joined(
    reports.filter(({ source }) => source !== 'authority').map((one) => withRewrittenKeys(one, rewrite)),
  )
  const declared = (a: string, b: string) => {
    const both = pairs.filter(({ source, ...pair }) => source === 'declared' && isPair(pair, a, b))
    return {
      added: Math.max(0, ...both.map(({ added }) => added)),
      removed: Math.max(0, ...both.map(({ removed }) => removed)),
    }
  }
  const isDenied = (a: string, b: string) => declared(a, b).removed > declared(a, b).added
  const graph = foldReference(records.map((record) => ({ ...record, event: withKeys(record.event, rewrite) })))
  const undenied = pairs.filter(({ asset, alias, added, removed, source }) => {
    if (asset === alias || added === 0 || isDenied(asset, alias)) return false
    return source === 'declared' ? added === declared(asset, alias).added : added >= removed
  })
  const inEffect = lastingRenames(
    undenied.map((one) => ({ ...one, since: one.added })),
    (key) => graph.successesOfAnyJob(key).at(-1)?.endedAt,
  )
  const wasRenamed = (key: string) => inEffect.some(({ source, alias }) => source === 'renamed' && alias === key)
  const place = ({ source, asset, alias }: AliasReport) => {
    const isFormerTable = source === 'table_symlink' && wasRenamed(asset)
    return [order.indexOf(source) + (isFormerTable ? 0.5 : 0), asset, alias] as const
  }
  const { groups, accepted } = grouped(
    inEffect.toSorted((a, b) => compareTuples(place(a), place(b))),
    isDenied,
  )
  const isTarget = (key: string) => rules.some(({ asset }) => key === asset || key.startsWith(`${asset}/`))
  const winners = new Map(
    groups.flatMap((keys) => {
      const winner = winnerOf(
        keys,
        accepted.filter(({ asset }) => keys.includes(asset)),
        isTarget,
      )
      return keys.map((key) => [key, winner] as const)
    }),
  )
  return {
    canonical: (key) => winners.get(rewrite(key)) ?? rewrite(key),
    isFormer: (key) => accepted.some(({ source, alias }) => source === 'renamed' && alias === rewrite(key)),
    accepted: accepted.map(({ asset, alias, source, added: at }) => ({ asset, alias, source, at })),
  }
}

function reportsOf(events: readonly HeadwaterEvent[]): readonly AliasReport[] {
  return joined(
    events.flatMap(({ type, event }) => {
      if (type !== 'AssetEvent') return []
      const at = event.occurredAt
      if (event.change === 'RENAMED') {
        return [{ asset: event.renamedTo ?? '', alias: event.key, source: 'renamed', added: at, removed: 0 }]
      }
      if (event.change !== 'ALIASED' && event.change !== 'UNALIASED') return []
      const [added, removed] = event.change === 'ALIASED' ? [at, 0] : [0, at]
      return [{ asset: event.key, alias: event.alias ?? '', source: event.aliasSource.toLowerCase(), added, removed }]
    }),
  )
}

/** Rule: for each source, asset and alias, the latest time at which the alias was added and removed counts. */
function joined(reports: readonly AliasReport[]): readonly AliasReport[] {
  const rows = new Map<string, AliasReport>()
  for (const one of reports) {
    const id = JSON.stringify([one.asset, one.alias, one.source])
    const known = rows.get(id) ?? { ...one, added: 0, removed: 0 }
    rows.set(id, { ...known, added: Math.max(known.added, one.added), removed: Math.max(known.removed, one.removed) })
  }
  return [...rows.values()]
}

const withRewrittenKeys = (reports: AliasReport, rewrite: (key: string) => string): AliasReport => ({
  ...reports,
  asset: rewrite(reports.asset),
  alias: rewrite(reports.alias),
})

const isPair = ({ asset, alias }: Pick<AliasReport, 'asset' | 'alias'>, a: string, b: string) =>
  (asset === a && alias === b) || (asset === b && alias === a)

/** Rule: reports are taken in order; a tool's report is refused if it joins keys that people separated, two tables, or too many keys. */
function grouped(inEffect: readonly AliasReport[], isDenied: (a: string, b: string) => boolean) {
  let groups: readonly (readonly string[])[] = []
  const accepted: AliasReport[] = []
  const isInFolder = (key: string) =>
    inEffect.some(({ source, alias }) => source === 'table_symlink' && alias === key && paths.test(key))
  const places = (keys: readonly string[]) => keys.filter((key) => paths.test(key) && !isInFolder(key))
  for (const one of inEffect) {
    const of = (key: string) => groups.find((keys) => keys.includes(key)) ?? [key]
    const [a, b] = [of(one.asset), of(one.alias)]
    const isOne = a.includes(one.alias)
    const some = (clash: (x: string, y: string) => boolean) => a.some((x) => b.some((y) => clash(x, y)))
    const isRefused =
      !isOne &&
      one.source !== 'declared' &&
      (some(isDenied) ||
        (one.source !== 'renamed' && some(areTablesOfOneAuthority)) ||
        // Rule: a table in a folder lies in one path. No key here has a partition.
        (one.source === 'table_symlink' && paths.test(one.alias) && places(a).length > 0 && places(b).length > 0) ||
        a.length + b.length > most)
    if (isRefused) continue
    accepted.push(one)
    if (!isOne) groups = [...groups.filter((keys) => keys !== a && keys !== b), [...a, ...b]]
  }
  return { groups, accepted }
}

function areTablesOfOneAuthority(a: string, b: string): boolean {
  const placeOf = (key: string) => key.split('/').slice(0, 3).join('/')
  return !paths.test(a) && !paths.test(b) && placeOf(a) === placeOf(b)
}

/** Rule: docs/identity.md, "Aliases", the canonical key. */
function winnerOf(
  keys: readonly string[],
  accepted: readonly AliasReport[],
  isTarget: (key: string) => boolean,
): string {
  const by = (source: string) => accepted.filter((one) => one.source === source)
  const ends = (reports: readonly AliasReport[]) => {
    const last = reports.filter(({ asset }) => !reports.some(({ alias }) => alias === asset))
    return (last.length > 0 ? last : reports).map(({ asset }) => asset)
  }
  const isFormer = (key: string) => by('renamed').some(({ alias }) => alias === key)
  const inPaths = by('table_symlink')
  const tables = inPaths.filter(({ asset, alias }) => !isFormer(asset) && !isFormer(alias)).map(({ alias }) => alias)
  const levels = [
    [...ends(by('declared')), ...keys.filter(isTarget)],
    tables.filter((key) => !paths.test(key)),
    ends(by('renamed')),
    keys.filter((key) => !(paths.test(key) && inPaths.some(({ alias }) => alias === key))),
    keys,
  ]
  const rank = (key: string) => [Number(paths.test(key)), key.length, key]
  const [winner = ''] = [...(levels.find((level) => level.length > 0) ?? keys)].sort((a, b) =>
    compareTuples(rank(a), rank(b)),
  )
  return winner
}
