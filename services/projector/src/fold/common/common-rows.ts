import { caseFoldedKeys } from '@headwater/lineage'
import type { ColumnLineage, DeclaredLineage, Job, MaterializationEvent } from '@headwater/schemas'
import {
  assetReads,
  assetSightings,
  assetWrites,
  columnReads,
  columnSets,
  inputSets,
} from '../../tables/common-tables.ts'
import { encodedTexts } from '../../tables/encoded-texts.ts'
import { assetAliases } from '../../tables/fact-tables.ts'
import type { Hash128 } from '../../tables/hash128.ts'
import type { RunSets } from '../../tables/rows.ts'
import type { RowCollector } from '../../tables/table.ts'
import { columnLinks } from '../column-links.ts'
import { RememberedEvents } from '../repeats/remembered-events.ts'
import { BoundedMap } from './bounded-map.ts'
import { contentHash } from './content-hash.ts'
import { covers, endOf, extend, type SeenSpan, type Sighting, spanOf } from './seen-span.ts'

const capacity = 500_000

// Holds: what is remembered is in rows that were added before. Only a cache: an evicted entry costs one duplicate row, never correctness.

/** Rows that many events have in common (assets, input sets, who reads and writes them): each is added when an event needs it first. */
export class CommonRows {
  /** Of events about runs, what each shape needs, all of which was added before. */
  readonly runs = new RememberedEvents({ capacity, maxBytes: 1 << 27 })
  /** Of events about assets and jobs. */
  readonly stated = new RememberedEvents({ capacity, maxBytes: 1 << 26 })
  readonly #sightings = new BoundedMap<string, SeenSpan>(2 * capacity)
  readonly #setIds = new BoundedMap<string, Hash128>(capacity)
  readonly #columnSetIds = new BoundedMap<string, Hash128>(capacity / 10)
  /** Keys of rows that tell which job reads or writes what. */
  readonly #uses = new BoundedMap<string, true>(2 * capacity)

  /** Adds the rows that an event about a run needs, but for those of `see`. */
  learn(event: MaterializationEvent, rows: RowCollector): RunSets {
    const { inputs, outputs, job } = event
    const inputSet = this.#learnSet(
      inputs.map(({ key }) => key),
      event,
      rows,
    )
    const ownSets = outputs.map((output) =>
      output.inputs === null ? undefined : this.#learnSet(output.inputs, event, rows),
    )
    for (const { key } of outputs) this.#learnWrite(key, event, rows)
    const columnSets = outputs.map(({ columnLineage }) => this.#learnColumnSet(columnLineage, job, rows))
    return {
      inputSet,
      ownSets: ownSets.every((set) => set === undefined) ? [] : ownSets,
      columnSets: outputs.every(({ columnLineage }) => columnLineage.length === 0) ? [] : columnSets,
    }
  }

  /** Adds the rows of lineage that a job declares, but for those of `see`. */
  learnDeclared(lineage: readonly DeclaredLineage[], event: { readonly job: Job }, rows: RowCollector): void {
    for (const { output, inputs } of lineage) {
      this.#learnSet(inputs, event, rows)
      this.#learnWrite(output, event, rows)
    }
  }

  /** Notes that an event names these assets: a row for each that is new, or named earlier than ever, or on a later day. */
  see(keys: readonly string[], seenAt: number, rows: RowCollector): Sighting {
    let [from, before] = [0, Number.POSITIVE_INFINITY]
    for (const key of keys) {
      const span = this.#see(key, seenAt, rows)
      from = Math.max(from, span.firstSeen)
      before = Math.min(before, endOf(span))
    }
    return { from, before }
  }

  #see(key: string, seenAt: number, rows: RowCollector): SeenSpan {
    const known = this.#sightings.get(key)
    if (known !== undefined && covers(known, seenAt)) return known
    rows.add(assetSightings, { key, seenAt })
    if (known === undefined) this.#noteCase(key, rows)
    const span = known ?? spanOf(seenAt)
    extend(span, seenAt)
    this.#sightings.set(key, span)
    return span
  }

  /** Adds the keys that the platform resolves to the same asset; for all time, so that it depends on nothing but the key. */
  #noteCase(alias: string, rows: RowCollector): void {
    for (const asset of caseFoldedKeys(alias)) {
      rows.add(assetAliases, { texts: encodedTexts(asset, alias, 'case'), aliasedAt: 1, unaliasedAt: 0 })
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
