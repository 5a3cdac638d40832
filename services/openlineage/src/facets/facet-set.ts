import type { FacetMap } from '../open-lineage-event.ts'
import { canonicalJson } from '../text/canonical-json.ts'
import { hasOnly, isObject, type JsonObject, ownProperty } from '../text/own-properties.ts'

/**
 * The value read from a facet, and what of the facet to keep as metadata beside it:
 * - `nothing`: the value holds all of it
 * - `facet`: the facet has more than the value
 * - `malformed`: parts of the facet do not follow the specification; it is kept with a mark
 */
export type Reading<T> = { readonly value: T; readonly keep: 'nothing' | 'facet' | 'malformed' }

/** Reads a facet; undefined where nothing in it follows the specification. */
export type FacetReader<T> = (facet: JsonObject) => Reading<T> | undefined

const nothing: ReadonlyMap<string, readonly unknown[]> = new Map()

// Holds: every facet is in a value that was taken, among the remaining ones, or among the deleted ones. None is lost.
export class FacetSet {
  /** Distinct contents by facet name: a dataset that an event names twice can have two. The last one counts. */
  readonly #contents: ReadonlyMap<string, readonly unknown[]>
  readonly #remaining = new Map<string, unknown>()
  readonly deleted: readonly string[]

  /** @param keepsEqual keeps equal facets of several maps apart, as the metrics of several partitions must be */
  constructor(maps: readonly (FacetMap | undefined)[], keepsEqual = false) {
    if (!maps.some(hasFacets)) {
      this.deleted = []
      this.#contents = nothing
      return
    }
    const facets = maps.flatMap((map) => Object.entries(map ?? {})).filter(([, facet]) => facet !== null)
    this.deleted = [...new Map(facets)]
      .flatMap(([name, facet]) => (ownProperty(facet, '_deleted') === true ? [name] : []))
      .sort()
    const deleted = new Set(this.deleted)
    this.#contents = contentsOf(deleted.size === 0 ? facets : facets.filter(([name]) => !deleted.has(name)), keepsEqual)
    for (const [name, contents] of this.#contents) this.#keep(name, contents.map(keptContent))
  }

  /** Reads the last facet of this name; earlier ones with other content remain. */
  take<T>(name: string, read: FacetReader<T>): T | undefined {
    const contents = this.#contents.get(name)
    if (contents === undefined) return undefined
    const last = contents.at(-1)
    const { value, kept } = readOne(last, read)
    this.#keep(name, [...contents.slice(0, -1).map(keptContent), kept])
    return value
  }

  /** Reads all facets of this name. */
  takeAll<T>(name: string, read: FacetReader<T>): readonly T[] {
    const contents = this.#contents.get(name)
    if (contents === undefined) return []
    const readings = contents.map((content) => readOne(content, read))
    this.#keep(
      name,
      readings.map(({ kept }) => kept),
    )
    return readings.flatMap(({ value }) => (value === undefined ? [] : [value]))
  }

  /** What to keep as metadata, by facet name, without `_producer`, `_schemaURL` and `_deleted`. */
  remaining(): ReadonlyMap<string, unknown> {
    return this.#remaining
  }

  #keep(name: string, contents: readonly unknown[]): void {
    const kept = contents.filter((content) => content !== undefined)
    this.#remaining.delete(name)
    if (kept.length > 0) this.#remaining.set(name, kept.length === 1 ? kept[0] : { _several: kept })
  }
}

/** A reading that keeps the facet where it has properties other than `names`. */
export const reading = <T>(value: T, facet: JsonObject, names: readonly string[]): Reading<T> => ({
  value,
  keep: hasOnly(facet, names) ? 'nothing' : 'facet',
})

function readOne<T>(
  content: unknown,
  read: FacetReader<T>,
): { readonly value?: T | undefined; readonly kept: unknown } {
  if (content === undefined) return { kept: undefined }
  const found = isObject(content) ? read(content) : undefined
  if (found === undefined || found.keep === 'malformed') {
    return { value: found?.value, kept: { _malformed: true, value: content } }
  }
  return { value: found.value, kept: found.keep === 'nothing' ? undefined : content }
}

function contentsOf(
  facets: readonly (readonly [string, unknown])[],
  keepsEqual: boolean,
): ReadonlyMap<string, readonly unknown[]> {
  const contents = new Map<string, unknown[]>()
  let repeats = false
  for (const [name, facet] of facets) {
    const content = isObject(facet) ? withoutEnvelope(facet) : facet
    const known = contents.get(name)
    if (known === undefined) contents.set(name, [content])
    else {
      known.push(content)
      repeats = true
    }
  }
  if (keepsEqual || !repeats) return contents
  return new Map([...contents].map(([name, known]) => [name, known.length === 1 ? known : distinct(known)]))
}

const distinct = (contents: readonly unknown[]): readonly unknown[] => [
  ...new Map(contents.map((content) => [canonicalJson(content), content])).values(),
]

function withoutEnvelope({ _producer, _schemaURL, _deleted, ...content }: JsonObject): JsonObject {
  return content
}

const hasFacets = (map: FacetMap | undefined): boolean => map !== undefined && Object.keys(map).length > 0

const keptContent = (content: unknown): unknown => (isObject(content) ? content : { _malformed: true, value: content })
