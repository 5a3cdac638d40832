import type { Moment } from '@headwater/lineage'
import { type Cursor, formatCursor, type PagedQuestion, parseCursor } from './cursor.ts'
import { type Clock, momentOf, whenKept } from './moment-parameters.ts'

type Query = { readonly limit: number; readonly cursor?: string; readonly asOf?: string; readonly knownAt?: string }
type Lists = Parameters<typeof formatCursor>[0]['list']
type Place<K extends Lists> = Cursor<K>['place']

/** The page that a request wants, at the moment of its question. */
export type PageOf<K extends Lists> = {
  readonly limit: number
  readonly after: Place<K> | undefined
  readonly moment: Moment
  /** The cursor of the next page, which starts after `place`; null for null. */
  readonly nextCursor: (place: Place<K> | null) => string | null
}

/** @throws ApiError INVALID_CURSOR, BEYOND_HORIZON */
export function pageRequest<K extends Lists>(
  list: K,
  { query, ...clock }: Clock & { readonly query: Query },
): PageOf<K> {
  const question: PagedQuestion<K> = { list, query }
  const cursor = query.cursor === undefined ? undefined : parseCursor(question, query.cursor)
  const moment = cursor === undefined ? momentOf(query, clock) : whenKept(cursor, clock)
  return {
    ...{ limit: query.limit, after: cursor?.place, moment },
    nextCursor: (place) => (place === null ? null : formatCursor(question, { ...moment, place })),
  }
}
