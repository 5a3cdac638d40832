import type { Moment } from '@headwater/lineage'

/** SQL: a parameter in epoch milliseconds as a time. */
export const timeParameter = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

/**
 * SQL: true for rows that count at the moment given by the parameters {asOf} and {knownAt}. A re-delivered event has several rows with
 * several recorded_at; it counts from the first of them, and filtering row by row gives just that.
 * @param table alias of the table, with a dot
 * @param asOfName name of the asOf parameter, for a query that reads two moments
 */
export function within({ asOf, knownAt }: Moment, table = '', asOfName = 'asOf'): string {
  const conditions: string[] = []
  if (asOf !== undefined) conditions.push(`${table}occurred_at <= ${timeParameter(asOfName)}`)
  if (knownAt !== undefined) conditions.push(`${table}recorded_at <= ${timeParameter('knownAt')}`)
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

/**
 * SQL: `within` for rows of run_facts, without those that are summed up in expired_runs and about to be deleted. The parameter
 * {horizon} selects the sums that the reader counts.
 */
export function factsWithin(moment: Moment, table = '', asOfName = 'asOf'): string {
  const counts = within(moment, table, asOfName)
  return moment.horizon === undefined ? counts : `${counts} AND NOT ${isExpiring('<=', table)}`
}

/** SQL: true for rows of run_facts that expire with {horizon} or, for `<=`, with it or an earlier one. */
export const isExpiring = (comparison: '=' | '<=', table = ''): string =>
  `((${table}job_namespace, ${table}job_name, ${table}run_id, ${table}fact_id) IN (
    SELECT job_namespace, job_name, run_id, fact_id FROM expiring_facts WHERE horizon ${comparison} ${timeParameter('horizon')}))`

/** SQL: true for rows that occurred and were recorded before {horizon}. */
export const isOld = `occurred_at < ${timeParameter('horizon')} AND recorded_at < ${timeParameter('horizon')}`
