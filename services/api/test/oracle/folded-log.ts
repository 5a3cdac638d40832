import {
  type AssetFacts,
  EventLog,
  foldAssetFacts,
  foldJobFacts,
  isNow,
  type JobFact,
  type Moment,
  type Run,
  type Sighting,
} from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { foldReference, noon, type ReferenceGraph, referenceAliases, withKeys } from '@headwater/testing/events'
import { plainAliases } from './plain-aliases.ts'

/** Everything that the domain folds from the events that count at one moment. */
export type FoldedLog = AssetFacts & { readonly jobFacts: readonly JobFact[]; readonly runs: readonly Run[] }

/** The events of a test, folded at any moment as if they had named assets by canonical keys. */
export type TestLog = {
  readonly events: HeadwaterEvent[]
  log(): EventLog
  folded(moment?: Moment): FoldedLog
  graph(moment: Moment): ReferenceGraph
  aliases(): ReturnType<typeof plainAliases>
}

/** @param events may be added to later; recorded a second apart, in their order, as by `recordsOf` */
export function createTestLog(events: HeadwaterEvent[]): TestLog {
  const read = onceFor(
    () => events.length,
    () => readEvents(events),
  )
  return {
    events,
    log: () => read().log,
    folded(moment = {}) {
      const { log: whole, logWithoutAliases } = read()
      // An alias has no moment. At one, its event only counts where it is the first that names an asset.
      const log = isNow(moment) ? whole : logWithoutAliases
      const facts = foldAssetFacts(log, moment)
      return {
        ...facts,
        sightings: [...facts.sightings, ...firstSightings(whole, moment)],
        jobFacts: foldJobFacts(log, moment),
        runs: log.runs(moment),
      }
    },
    graph: (moment) => foldReference(read().log, moment),
    aliases: () => read().aliases,
  }
}

/** The first sighting of each asset, whatever named it, by the time of `asOf`. When it was recorded is not known for all of them. */
function firstSightings(log: EventLog, { asOf, knownAt }: Moment): readonly Sighting[] {
  if (asOf === undefined || knownAt !== undefined) return []
  const first = new Map<string, number>()
  for (const { key, at } of foldAssetFacts(log).sightings) first.set(key, Math.min(at, first.get(key) ?? at))
  return [...first].filter(([, at]) => at <= asOf).map(([key, at]) => ({ key, at }))
}

function readEvents(events: readonly HeadwaterEvent[]) {
  const observed = events.map((event, index) => ({ event, recordedAt: noon + index * 1_000 }))
  const aliases = referenceAliases(observed)
  const records = observed.map((record) => ({ ...record, event: withKeys(record.event, aliases.canonical) }))
  const isAlias = ({ type, event }: HeadwaterEvent) => type === 'AssetEvent' && event.change.endsWith('ALIASED')
  return {
    log: new EventLog(records),
    logWithoutAliases: new EventLog(records.filter(({ event }) => !isAlias(event))),
    aliases: plainAliases(events, aliases),
  }
}

/** The value of `compute`, computed again only when the version changes. */
function onceFor<T>(version: () => number, compute: () => T): () => T {
  let known: { readonly version: number; readonly value: T } | undefined
  return () => {
    if (known?.version !== version()) known = { version: version(), value: compute() }
    return known.value
  }
}
