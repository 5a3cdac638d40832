import {
  type AssetFacts,
  EventLog,
  foldAssetFacts,
  foldJobFacts,
  isNow,
  type JobFact,
  type Moment,
  type Run,
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
      // Aliases have no moment, so at a moment their events are no sightings of assets.
      const log = isNow(moment) ? read().log : read().logWithoutAliases
      return { ...foldAssetFacts(log, moment), jobFacts: foldJobFacts(log, moment), runs: log.runs(moment) }
    },
    graph: (moment) => foldReference(read().log, moment),
    aliases: () => read().aliases,
  }
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
