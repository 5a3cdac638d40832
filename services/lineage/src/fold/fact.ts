/** The value that one event gives one facet of an asset or job; null where the event withdraws it. */
export type Fact = {
  /** E.g. owners, description, schema. */
  readonly facet: string
  /** The entry of a facet that has several, e.g. the name of a metadata value; else empty. */
  readonly subject: string
  readonly at: number
  readonly value: unknown
}

/** The value of the latest fact about the facet; undefined where there is none, or the latest withdraws it. */
export function latestValue<T>(facts: readonly Fact[], facet: string, subject = ''): T | undefined {
  const stated = facts.filter((fact) => fact.facet === facet && fact.subject === subject)
  const latest = stated.toSorted((a, b) => a.at - b.at).at(-1)
  return (latest?.value as T | null | undefined) ?? undefined
}

/** The latest value of each entry of a facet that has several, without those that were withdrawn. */
export function latestEntries(facts: readonly Fact[], facet: string): Readonly<Record<string, unknown>> {
  const subjects = new Set(facts.filter((fact) => fact.facet === facet).map(({ subject }) => subject))
  const entries = [...subjects].map((subject) => [subject, latestValue(facts, facet, subject)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

type Report = {
  readonly [facet: string]: unknown
  readonly metadata: Readonly<Record<string, string>>
  readonly removed: readonly string[]
}

/**
 * The facts of an event that reports several facets, each if given.
 * @param whole the facets that have one value
 */
export function factsOfReport(report: Report, whole: readonly string[], at: number): readonly Fact[] {
  const given = whole.filter((facet) => report[facet] !== null)
  return [
    ...given.map((facet) => ({ facet, subject: '', at, value: report[facet] })),
    ...Object.entries(report.metadata).map(([subject, json]) => ({
      ...{ facet: 'metadata', subject, at, value: JSON.parse(json) as unknown },
    })),
    ...report.removed.map((text): Fact => {
      const [, subject] = /^metadata:(.*)$/s.exec(text) ?? []
      return subject === undefined
        ? { facet: text, subject: '', at, value: null }
        : { facet: 'metadata', subject, at, value: null }
    }),
  ]
}
