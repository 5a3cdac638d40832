import { elementsOf } from '@headwater/clickhouse'
import type { Tables } from '../tables.ts'

export type ColumnSetLink = {
  readonly setId: string
  /** Empty for the whole row, like inputColumn. */
  readonly column: string
  readonly input: string
  readonly inputColumn: string
  readonly transformation: string
  readonly kind: string
  readonly masking: boolean
  readonly description: string
}

/** Which links to return; every given list must match. A whole row matches every column name. */
export type ColumnSetFilter = {
  readonly columns?: readonly string[] | undefined
  readonly inputs?: readonly string[] | undefined
  readonly inputColumns?: readonly string[] | undefined
}

export async function columnSetLinks(
  { query }: Tables,
  setIds: readonly string[],
  filter: ColumnSetFilter,
): Promise<readonly ColumnSetLink[]> {
  if (setIds.length === 0) return []
  const conditions = ['true']
  if (filter.columns !== undefined)
    conditions.push(`(column = '' OR column IN ${elementsOf('{columns:Array(String)}')})`)
  if (filter.inputs !== undefined) conditions.push(`input IN ${elementsOf('{inputs:Array(String)}')}`)
  if (filter.inputColumns !== undefined) {
    conditions.push(`(inputColumn = '' OR inputColumn IN ${elementsOf('{inputColumns:Array(String)}')})`)
  }
  return query(
    'column-sets',
    `SELECT setId, link.1 AS column, link.2 AS input, link.3 AS inputColumn, link.4 AS transformation, link.5 AS kind,
       link.6 AS masking, link.7 AS description
     FROM (
       SELECT toString(set_id) AS setId, arrayJoin(any(links)) AS link FROM column_sets
       WHERE set_id IN (SELECT toUInt128(arrayJoin({setIds:Array(String)}))) GROUP BY set_id
     )
     WHERE ${conditions.join(' AND ')}`,
    { setIds, ...filter },
  )
}
