import type { FacetMap } from './open-lineage-event.ts'
import { hasOnly, isObject, type JsonObject, own } from './own.ts'

/**
 * What was read of a facet, and what to keep of it as metadata beside that: nothing when all of it is in the value, the facet when it says
 * more, the facet with a mark when parts of it are not as the specification has them.
 */
export type Reading<T> = { readonly value: T; readonly keep: 'nothing' | 'facet' | 'malformed' }

/** Reads a facet; undefined when nothing of it is as the specification has it. */
export type FacetReader<T> = (facet: JsonObject) => Reading<T> | undefined

const envelope = new Set(['_producer', '_schemaURL', '_deleted'])

// Holds: every facet is either taken and wholly in what was taken, or among those left, or among the deleted. None is lost.
export class FacetSet {
  readonly #facets: ReadonlyMap<string, unknown>
  readonly #left: Map<string, unknown>
  readonly deleted: readonly string[]

  /** Of several maps the last that has a facet counts. */
  constructor(...maps: readonly (FacetMap | undefined)[]) {
    const all = new Map(maps.flatMap((map) => Object.entries(map ?? {})).filter(([, facet]) => facet !== null))
    this.deleted = [...all].flatMap(([name, facet]) => (own(facet, '_deleted') === true ? [name] : [])).sort()
    this.#facets = all
    this.#left = new Map()
    for (const [name, facet] of all) if (!this.deleted.includes(name)) this.#left.set(name, leftOf(facet))
  }

  take<T>(name: string, read: FacetReader<T>): T | undefined {
    const facet = this.#facets.get(name)
    if (facet === undefined || this.deleted.includes(name)) return undefined
    const content = isObject(facet) ? withoutEnvelope(facet) : undefined
    const reading = content === undefined ? undefined : read(content)
    if (reading === undefined || reading.keep === 'malformed') {
      this.#left.set(name, { _malformed: true, value: content ?? facet })
    } else if (reading.keep === 'nothing') this.#left.delete(name)
    return reading?.value
  }

  /** What is kept as metadata: by facet name, without the parts that all facets have. */
  left(): ReadonlyMap<string, unknown> {
    return this.#left
  }
}

/** As a reader gives it back: kept beside when the facet has other properties than `names`. */
export const reading = <T>(value: T, facet: JsonObject, names: readonly string[]): Reading<T> => ({
  value,
  keep: hasOnly(facet, names) ? 'nothing' : 'facet',
})

const withoutEnvelope = (facet: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(facet).filter(([name]) => !envelope.has(name)))

const leftOf = (facet: unknown): unknown =>
  isObject(facet) ? withoutEnvelope(facet) : { _malformed: true, value: facet }
