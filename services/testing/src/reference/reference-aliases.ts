import { lastingRenames, type RecordedEvent } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { compareTuples } from './compare-tuples.ts'
import { foldReference } from './fold-reference.ts'
import { withKeys } from './with-keys.ts'

/** A statement that counts; times are epoch milliseconds. */
export type ReferenceAlias = {
  readonly asset: string
  readonly alias: string
  readonly source: string
  readonly at: number
}

export type ReferenceAliases = {
  readonly canonical: (key: string) => string
  readonly believed: readonly ReferenceAlias[]
}

type Said = { readonly asset: string; readonly alias: string; readonly source: string; yes: number; no: number }

const order = ['declared', 'renamed', 'table_symlink', 'symlink']
const paths = /^(s3|gs|abfss|wasbs|hdfs|file|dbfs):/
const most = 50

/** Rule: which key stands for the asset that a key means, by all events, whatever the moment. Authorities have no loops here. */
export function referenceAliases(records: readonly RecordedEvent[]): ReferenceAliases {
  const said = everythingSaid(records.map(({ event }) => event))
  const rules = said
    .filter(({ source, yes, no }) => source === 'authority' && yes > 0 && yes >= no)
    .sort((a, b) => compareTuples([-a.yes, a.asset], [-b.yes, b.asset]))
    .filter(({ alias }, at, all) => all.findIndex((one) => one.alias === alias) === at)
  const rewrite = (key: string): string => {
    const matching = rules.filter(({ alias }) => key === alias || key.startsWith(`${alias}/`))
    const [longest] = matching.sort((a, b) => b.alias.length - a.alias.length)
    return longest === undefined ? key : rewrite(longest.asset + key.slice(longest.alias.length))
  }
  const pairs = joined(said.filter(({ source }) => source !== 'authority').map((one) => renamedKeys(one, rewrite)))
  const declared = (a: string, b: string) => {
    const both = pairs.filter(({ source, ...pair }) => source === 'declared' && isPair(pair, a, b))
    return { yes: Math.max(0, ...both.map(({ yes }) => yes)), no: Math.max(0, ...both.map(({ no }) => no)) }
  }
  const isDenied = (a: string, b: string) => declared(a, b).no > declared(a, b).yes
  const graph = foldReference(records.map((record) => ({ ...record, event: withKeys(record.event, rewrite) })))
  const effective = pairs.filter(({ asset, alias, yes, no, source }) => {
    if (asset === alias || yes === 0 || isDenied(asset, alias)) return false
    return source === 'declared' ? yes === declared(asset, alias).yes : yes >= no
  })
  const stated = lastingRenames(
    effective.map((one) => ({ ...one, since: one.yes })),
    (key) => graph.successesOfAnyJob(key).at(-1)?.endedAt,
  )
  const hasMoved = (key: string) => stated.some(({ source, alias }) => source === 'renamed' && alias === key)
  const place = ({ source, asset, alias }: Said) => {
    const wasHeld = source === 'table_symlink' && hasMoved(asset)
    return [order.indexOf(source) + (wasHeld ? 0.5 : 0), asset, alias] as const
  }
  const { groups, believed } = grouped(
    stated.toSorted((a, b) => compareTuples(place(a), place(b))),
    isDenied,
  )
  const isMeant = (key: string) => rules.some(({ asset }) => key === asset || key.startsWith(`${asset}/`))
  const winners = new Map(
    groups.flatMap((keys) => {
      const winner = winnerOf(
        keys,
        believed.filter(({ asset }) => keys.includes(asset)),
        isMeant,
      )
      return keys.map((key) => [key, winner] as const)
    }),
  )
  return {
    canonical: (key) => winners.get(rewrite(key)) ?? rewrite(key),
    believed: believed.map(({ asset, alias, source, yes: at }) => ({ asset, alias, source, at })),
  }
}

function everythingSaid(events: readonly HeadwaterEvent[]): readonly Said[] {
  return joined(
    events.flatMap(({ type, event }) => {
      if (type !== 'AssetEvent') return []
      const at = event.occurredAt
      if (event.change === 'RENAMED') {
        return [{ asset: event.renamedTo ?? '', alias: event.key, source: 'renamed', yes: at, no: 0 }]
      }
      if (event.change !== 'ALIASED' && event.change !== 'UNALIASED') return []
      const [yes, no] = event.change === 'ALIASED' ? [at, 0] : [0, at]
      return [{ asset: event.key, alias: event.alias ?? '', source: event.aliasSource.toLowerCase(), yes, no }]
    }),
  )
}

/** Rule: of what one source says of two keys in one order the latest counts. */
function joined(said: readonly Said[]): readonly Said[] {
  const rows = new Map<string, Said>()
  for (const one of said) {
    const id = JSON.stringify([one.asset, one.alias, one.source])
    const known = rows.get(id) ?? { ...one, yes: 0, no: 0 }
    rows.set(id, { ...known, yes: Math.max(known.yes, one.yes), no: Math.max(known.no, one.no) })
  }
  return [...rows.values()]
}

const renamedKeys = (said: Said, rewrite: (key: string) => string): Said => ({
  ...said,
  asset: rewrite(said.asset),
  alias: rewrite(said.alias),
})

const isPair = ({ asset, alias }: Pick<Said, 'asset' | 'alias'>, a: string, b: string) =>
  (asset === a && alias === b) || (asset === b && alias === a)

/** Rule: statements are taken in order; of tools not those that join what is denied, or two tables, or too much. */
function grouped(stated: readonly Said[], isDenied: (a: string, b: string) => boolean) {
  let groups: readonly (readonly string[])[] = []
  const believed: Said[] = []
  const isInFolder = (key: string) =>
    stated.some(({ source, alias }) => source === 'table_symlink' && alias === key && paths.test(key))
  const places = (keys: readonly string[]) => keys.filter((key) => paths.test(key) && !isInFolder(key))
  for (const one of stated) {
    const of = (key: string) => groups.find((keys) => keys.includes(key)) ?? [key]
    const [a, b] = [of(one.asset), of(one.alias)]
    const isOne = a.includes(one.alias)
    const some = (clash: (x: string, y: string) => boolean) => a.some((x) => b.some((y) => clash(x, y)))
    const isRefused =
      !isOne &&
      one.source !== 'declared' &&
      (some(isDenied) ||
        (one.source !== 'renamed' && some(areTablesOfOnePlace)) ||
        // Rule: a table in a folder lies in one path. (No key here has a partition.)
        (one.source === 'table_symlink' && paths.test(one.alias) && places(a).length > 0 && places(b).length > 0) ||
        a.length + b.length > most)
    if (isRefused) continue
    believed.push(one)
    if (!isOne) groups = [...groups.filter((keys) => keys !== a && keys !== b), [...a, ...b]]
  }
  return { groups, believed }
}

function areTablesOfOnePlace(a: string, b: string): boolean {
  const placeOf = (key: string) => key.split('/').slice(0, 3).join('/')
  return !paths.test(a) && !paths.test(b) && placeOf(a) === placeOf(b)
}

/** Rule: see `docs/identity.md`, "Aliases". */
function winnerOf(keys: readonly string[], believed: readonly Said[], isMeant: (key: string) => boolean): string {
  const by = (source: string) => believed.filter((one) => one.source === source)
  const ends = (said: readonly Said[]) => {
    const last = said.filter(({ asset }) => !said.some(({ alias }) => alias === asset))
    return (last.length > 0 ? last : said).map(({ asset }) => asset)
  }
  const isOld = (key: string) => by('renamed').some(({ alias }) => alias === key)
  const held = by('table_symlink')
  const tables = held.filter(({ asset, alias }) => !isOld(asset) && !isOld(alias)).map(({ alias }) => alias)
  const levels = [
    [...ends(by('declared')), ...keys.filter(isMeant)],
    tables.filter((key) => !paths.test(key)),
    ends(by('renamed')),
    keys.filter((key) => !(paths.test(key) && held.some(({ alias }) => alias === key))),
    keys,
  ]
  const rank = (key: string) => [Number(paths.test(key)), key.length, key]
  const [winner = ''] = [...(levels.find((level) => level.length > 0) ?? keys)].sort((a, b) =>
    compareTuples(rank(a), rank(b)),
  )
  return winner
}
