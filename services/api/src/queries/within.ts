import type { Moment } from '@headwater/lineage'

/**
 * SQL: true for rows that count at the moment that the parameters {asOf} and {knownAt} tell. Rows of one event may be there several
 * times, recorded at several times: it counts from the first, which is what filtering each row gives.
 * @param table alias of the table, with a dot
 * @param asOfName the parameter's name, where one query looks at two moments
 */
export function within({ asOf, knownAt }: Moment, table = '', asOfName = 'asOf'): string {
  const conditions: string[] = []
  if (asOf !== undefined) conditions.push(`${table}occurred_at <= ${timeParameter(asOfName)}`)
  if (knownAt !== undefined) conditions.push(`${table}recorded_at <= ${timeParameter('knownAt')}`)
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

/** SQL: a parameter in epoch milliseconds as a time. */
export const timeParameter = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`
