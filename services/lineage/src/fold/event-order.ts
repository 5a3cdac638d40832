/** The content of an event as text, whatever the order of its fields: equal for deliveries of one event only. */
export const contentOf = (event: object): string => JSON.stringify(event, withSortedNames)

function withSortedNames(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** By the time they occurred. Events of one millisecond are in the order of their content here, of its hash in the tables: either is a total order. */
export function inOrder<T extends { readonly occurredAt: number }>(events: readonly T[]): readonly T[] {
  if (events.length < 2) return events
  return events.toSorted((a, b) => a.occurredAt - b.occurredAt || (contentOf(a) < contentOf(b) ? -1 : 1))
}
