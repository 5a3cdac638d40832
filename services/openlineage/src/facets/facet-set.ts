import type { FacetMap } from '../open-lineage-event.ts'
import { canonicalJson } from '../text/canonical-json.ts'
import { hasOnly, isObject, type JsonObject, own } from '../text/own-properties.ts'

/**
 * What was read of a facet, and what to keep of it as metadata beside that: nothing when all of it is in the value, the facet when it says
 * more, the facet with a mark when parts of it are not as the specification has them.
 */
export type Reading<T> = { readonly value: T; readonly keep: 'nothing' | 'facet' | 'malformed' }

/** Reads a facet; undefined when nothing of it is as the specification has it. */
export type FacetReader<T> = (facet: JsonObject) => Reading<T> | undefined

const nothing: ReadonlyMap<string, readonly unknown[]> = new Map()

// Holds: every facet is either taken and wholly in what was taken, or among those left, or among the deleted. None is lost.
export class FacetSet {
  /** By name the contents that differ: a dataset that is named twice may have two. The last counts. */
  readonly #contents: ReadonlyMap<string, readonly unknown[]>
  readonly #left = new Map<string, unknown>()
  readonly deleted: readonly string[]

  /** @param keepsEqual counts equal facets of several maps as several, as numbers of several partitions must be */
  constructor(maps: readonly (FacetMap | undefined)[], keepsEqual = false) {
    if (!maps.some(hasFacets)) {
      this.deleted = []
      this.#contents = nothing
      return
    }
    const facets = maps.flatMap((map) => Object.entries(map ?? {})).filter(([, facet]) => facet !== null)
    this.deleted = [...new Map(facets)]
      .flatMap(([name, facet]) => (own(facet, '_deleted') === true ? [name] : []))
      .sort()
    const gone = new Set(this.deleted)
    this.#contents = contentsOf(gone.size === 0 ? facets : facets.filter(([name]) => !gone.has(name)), keepsEqual)
    for (const [name, contents] of this.#contents) this.#leave(name, contents.map(leftOf))
  }

  /** The last facet of this name, read; earlier ones that differ stay. */
  take<T>(name: string, read: FacetReader<T>): T | undefined {
    const contents = this.#contents.get(name)
    if (contents === undefined) return undefined
    const last = contents.at(-1)
    const { value, left } = readOne(last, read)
    this.#leave(name, [...contents.slice(0, -1).map(leftOf), left])
    return value
  }

  /** All facets of this name, read. */
  takeAll<T>(name: string, read: FacetReader<T>): readonly T[] {
    const contents = this.#contents.get(name)
    if (contents === undefined) return []
    const readings = contents.map((content) => readOne(content, read))
    this.#leave(
      name,
      readings.map(({ left }) => left),
    )
    return readings.flatMap(({ value }) => (value === undefined ? [] : [value]))
  }

  /** What is kept as metadata: by facet name, without the parts that all facets have. */
  left(): ReadonlyMap<string, unknown> {
    return this.#left
  }

  #leave(name: string, contents: readonly unknown[]): void {
    const left = contents.filter((content) => content !== undefined)
    this.#left.delete(name)
    if (left.length > 0) this.#left.set(name, left.length === 1 ? left[0] : { _several: left })
  }
}

/** As a reader gives it back: kept beside when the facet has other properties than `names`. */
export const reading = <T>(value: T, facet: JsonObject, names: readonly string[]): Reading<T> => ({
  value,
  keep: hasOnly(facet, names) ? 'nothing' : 'facet',
})

function readOne<T>(
  content: unknown,
  read: FacetReader<T>,
): { readonly value?: T | undefined; readonly left: unknown } {
  if (content === undefined) return { left: undefined }
  const found = isObject(content) ? read(content) : undefined
  if (found === undefined || found.keep === 'malformed') {
    return { value: found?.value, left: { _malformed: true, value: content } }
  }
  return { value: found.value, left: found.keep === 'nothing' ? undefined : content }
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

const leftOf = (content: unknown): unknown => (isObject(content) ? content : { _malformed: true, value: content })
