import type { RecordedEvent } from '@headwater/lineage'
import { logOf, randomAliases, randomWorld, referenceAliases, withKeys } from '@headwater/testing'
import fc from 'fast-check'
import { inTables, type OpenedTables } from '../clickhouse/in-tables.ts'

// Many small worlds with events about aliases share the tables.

/** How often `npm test` tries a property with these worlds. */
export const runs = 1
export const names = Array.from({ length: 150 }, (_, index) => `w${index}`)
export const keysOf = (name: string) => Array.from({ length: 5 }, (_, index) => `s3://${name}/a${index}`)
export const keys = names.flatMap(keysOf)

const aliasedWorld = (name: string) =>
  fc.tuple(randomWorld(name), randomAliases(name)).map(([events, aliases]) => [...events, ...aliases])
export const worlds = fc.tuple(...names.map((name) => aliasedWorld(name)))
/** The records with canonical keys. Worlds share no keys. */
export const canonicalized = (records: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const { canonical } = referenceAliases(records)
  return records.map((record) => ({ ...record, event: withKeys(record.event, canonical) }))
}

/**
 * The records with canonical keys, whose columns are not made from columns of the same asset under its former key: a run that
 * renames an asset reads it under that key.
 */
export function canonicalizedColumns(records: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const { canonical, isFormer } = referenceAliases(records)
  return records.map((record) => ({ ...record, event: withKeys(withoutFormer(record.event), canonical) }))

  function withoutFormer(typed: RecordedEvent['event']): RecordedEvent['event'] {
    if (typed.type !== 'MaterializationEvent') return typed
    const outputs = typed.event.outputs.map((output) => {
      const isKept = ({ key }: { readonly key: string }) => !isFormer(key) || canonical(key) !== canonical(output.key)
      const columnLineage = output.columnLineage.map((column) => ({ ...column, inputs: column.inputs.filter(isKept) }))
      return { ...output, columnLineage }
    })
    return { type: typed.type, event: { ...typed.event, outputs } }
  }
}

/** Whether an edge is more than the trace of a rename, which leads from an asset to itself. */
export function isNoRename(worlds: readonly (readonly RecordedEvent[])[]) {
  const renamed = new Set(
    worlds.flatMap((records) => {
      const { canonical, accepted } = referenceAliases(records)
      return accepted.filter(({ source }) => source === 'renamed').map(({ asset }) => canonical(asset))
    }),
  )
  return (from: string, to: string) => from !== to || !renamed.has(from)
}

/** Folds the records in two batches and calls back with a catalog of them, whose aliases stay the same. */
export function inAliasTables(
  records: readonly RecordedEvent[],
  ask: (opened: OpenedTables) => Promise<void>,
): Promise<void> {
  const log = logOf(records, 3)
  const middle = Math.floor(log.length / 2)
  return inTables([log.slice(0, middle), log.slice(middle)], ask, { aliasesMaxAgeMs: 60_000 })
}
