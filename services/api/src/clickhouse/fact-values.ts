/** A row of asset_facts or job_facts: the latest value of one facet and subject. */
export type FactRow = {
  readonly facet: string
  readonly subject: string
  /** JSON; null removes what was reported before. */
  readonly value: string
}

/** A row of asset_facts with the time of its event. */
export type AssetFactRow = FactRow & { readonly occurredAt: string }

/** The value in JSON; undefined for null, which removes it, and where there is none. */
export function factValue<T>(json: string | null | undefined): T | undefined {
  return json ? ((JSON.parse(json) as T | null) ?? undefined) : undefined
}

/** The value of a facet without subject. */
export const factOf = <T>(rows: readonly FactRow[], facet: string): T | undefined =>
  factValue<T>(rows.find((row) => row.facet === facet)?.value)

/** Metadata by name, without entries that were removed. */
export const metadataOf = (rows: readonly FactRow[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    rows
      .filter(({ facet }) => facet === 'metadata')
      .map(({ subject, value }) => [subject, factValue(value)])
      .filter(([, value]) => value !== undefined),
  )

/** Merges JSON objects; later entries win. Not by spreading, because an entry may be named `__proto__`. */
export const mergedObjects = (objects: readonly string[]): Record<string, unknown> =>
  mergedRecords(objects.map((json) => JSON.parse(json) as Readonly<Record<string, unknown>>))

/** As `mergedObjects`, of parsed records. */
export const mergedRecords = <T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
  Object.fromEntries(records.flatMap((record) => Object.entries(record)))
