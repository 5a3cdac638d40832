import { caseFoldedKeys } from '@headwater/lineage'
import type { ColumnLineage, DeclaredLineage, Job, MaterializationEvent, MaterializationView } from '@headwater/schemas'
import {
  assetReads,
  assetSightings,
  assetWrites,
  columnReads,
  columnSets,
  inputSets,
} from '../../tables/common-tables.ts'
import { assetAliases } from '../../tables/fact-tables.ts'
import type { Hash128 } from '../../tables/hash128.ts'
import type { NamedSets } from '../../tables/rows.ts'
import type { RowCollector } from '../../tables/table.ts'
import { columnLinks } from '../column-links.ts'
import { BoundedMap } from './bounded-map.ts'
import { contentHash } from './content-hash.ts'
import { EventShapes } from './event-shapes.ts'
import { covers, endOf, extend, type SeenSpan, spanOf } from './seen-span.ts'

const capacity = 500_000

// Holds: what is remembered is in rows that were added before. It is an economy, never a condition: forgetting costs a row again.

/** Rows that many events have in common (assets, input sets, who reads and writes them): each is added when an event needs it first. */
export class CommonRows {
  readonly #shapes = new EventShapes(capacity)
  readonly #sightings = new BoundedMap<string, SeenSpan>(2 * capacity)
  readonly #setIds = new BoundedMap<string, Hash128>(capacity)
  readonly #columnSetIds = new BoundedMap<string, Hash128>(capacity / 10)
  /** Keys of rows that tell which job reads or writes what. */
  readonly #uses = new BoundedMap<string, true>(2 * capacity)

  /** The sets that the event names; undefined when it may need rows that were never added. */
  recall(view: MaterializationView): NamedSets | undefined {
    return this.#shapes.find(view)
  }

  /** Adds the rows that an event needs. @param view of the same event */
  learn(view: MaterializationView, event: MaterializationEvent, rows: RowCollector): NamedSets {
    const sets = {
      inputSet: this.#learnSet(
        event.inputs.map(({ key }) => key),
        event,
        rows,
      ),
      ownSets: event.outputs.every(({ inputs }) => inputs === null)
        ? []
        : event.outputs.map(({ inputs }) => (inputs === null ? undefined : this.#learnSet(inputs, event, rows))),
    }
    for (const { key } of event.outputs) this.#learnWrite(key, event, rows)
    let from = 0
    let before = Number.POSITIVE_INFINITY
    for (const key of namedKeys(event)) {
      const span = this.see(key, event.occurredAt, rows)
      from = Math.max(from, span.firstSeen)
      before = Math.min(before, endOf(span))
    }
    this.#shapes.note(view, sets, from, before)
    return sets
  }

  /** Adds the rows of the column lineage of the event's outputs. @returns the column set of each; empty when none has any */
  learnColumns({ job, outputs }: MaterializationEvent, rows: RowCollector): readonly (Hash128 | undefined)[] {
    if (outputs.every(({ columnLineage }) => columnLineage.length === 0)) return []
    return outputs.map(({ columnLineage }) => this.#learnColumnSet(columnLineage, job, rows))
  }

  /** Adds the rows of lineage that a job declares. */
  learnDeclared(
    lineage: readonly DeclaredLineage[],
    event: { readonly job: Job; readonly occurredAt: number },
    rows: RowCollector,
  ): void {
    for (const { output, inputs } of lineage) {
      this.#learnSet(inputs, event, rows)
      this.#learnWrite(output, event, rows)
      for (const key of [output, ...inputs]) this.see(key, event.occurredAt, rows)
    }
  }

  /** Notes that an event names the asset: a row when it is new, or named earlier than ever, or on a later day. */
  see(key: string, seenAt: number, rows: RowCollector): SeenSpan {
    const known = this.#sightings.get(key)
    if (known !== undefined && covers(known, seenAt)) return known
    rows.add(assetSightings, { key, seenAt })
    if (known === undefined) this.#noteCase(key, rows)
    const span = known ?? spanOf(seenAt)
    extend(span, seenAt)
    this.#sightings.set(key, span)
    return span
  }

  /** Which keys the platform takes it for. Said of all time, so that it depends on nothing but the key. */
  #noteCase(alias: string, rows: RowCollector): void {
    for (const asset of caseFoldedKeys(alias)) {
      rows.add(assetAliases, { asset, alias, source: 'case', aliasedAt: 1, unaliasedAt: 0 })
    }
  }

  #learnSet(keys: readonly string[], { job }: { readonly job: Job }, rows: RowCollector): Hash128 | null {
    if (keys.length === 0) return null
    const inputs = [...new Set(keys)].sort()
    const members = inputs.join('\n') // keys cannot hold a line feed
    let setId = this.#setIds.get(members)
    if (setId === undefined) {
      setId = contentHash(members)
      this.#setIds.set(members, setId)
      rows.add(inputSets, { setId, inputs })
    }
    const use = JSON.stringify([job.namespace, job.name, setId])
    if (this.#uses.get(use) !== undefined) return setId
    this.#uses.set(use, true)
    for (const asset of inputs) {
      rows.add(assetReads, { asset, jobNamespace: job.namespace, jobName: job.name, setId })
    }
    return setId
  }

  #learnColumnSet(lineage: readonly ColumnLineage[], job: Job, rows: RowCollector): Hash128 | undefined {
    const links = columnLinks(lineage)
    if (links.length === 0) return undefined
    const content = JSON.stringify(links)
    let setId = this.#columnSetIds.get(content)
    if (setId === undefined) {
      setId = contentHash(content)
      this.#columnSetIds.set(content, setId)
      rows.add(columnSets, { setId, links })
    }
    const use = JSON.stringify([job.namespace, job.name, 'columns', setId])
    if (this.#uses.get(use) !== undefined) return setId
    this.#uses.set(use, true)
    for (const asset of new Set(links.map(({ input }) => input))) {
      rows.add(columnReads, { asset, jobNamespace: job.namespace, jobName: job.name, setId })
    }
    return setId
  }

  #learnWrite(asset: string, { job }: { readonly job: Job }, rows: RowCollector): void {
    const use = JSON.stringify([job.namespace, job.name, 'writes', asset])
    if (this.#uses.get(use) !== undefined) return
    this.#uses.set(use, true)
    rows.add(assetWrites, { asset, jobNamespace: job.namespace, jobName: job.name })
  }
}

const namedKeys = ({ inputs, outputs }: MaterializationEvent): readonly string[] => [
  ...inputs.map(({ key }) => key),
  ...outputs.flatMap((output) => [output.key, ...(output.inputs ?? [])]),
]
