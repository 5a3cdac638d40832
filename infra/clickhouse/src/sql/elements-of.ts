/**
 * SQL: the elements of an array, for IN. IN also takes the array itself, but with 100,000 elements ClickHouse (26.7) needs a minute to
 * build a set from it, and a third of a second from this.
 */
export const elementsOf = (array: string): string => `(SELECT arrayJoin(${array}))`
