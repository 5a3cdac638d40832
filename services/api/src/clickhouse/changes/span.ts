import { timeParameter, within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { Span } from '../../catalog/change-reader.ts'
import type { KeyScope } from '../key-scope.ts'

/** The moments at both ends of a span. */
export type Moments = { readonly before: Moment; readonly after: Moment }

export const momentsOf = ({ from, to, knownAt, horizon }: Span): Moments => ({
  before: { asOf: from, knownAt, horizon },
  after: { asOf: to, knownAt, horizon },
})

/** SQL: events between the two moments. */
export const inSpan = ({ knownAt }: Span): string =>
  `occurred_at > ${timeParameter('from')} AND occurred_at <= ${timeParameter('to')} AND ${within({ knownAt })}`

/** The assets to compare. If `isWhole`, all assets are compared, and the scope only contains those that have aliases. */
export type SpanScope = KeyScope & { readonly isWhole: boolean }
