import { elementsOf } from '@headwater/clickhouse'
import type { Ask } from '../query.ts'

/** Members of input sets by id; with `among` only those of its keys that are members. */
export async function inputSets(
  ask: Ask,
  setIds: readonly string[],
  among?: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (setIds.length === 0) return new Map()
  const rows = await ask<{ setId: string; members: readonly string[] }>(
    'input-sets',
    among === undefined
      ? `SELECT toString(set_id) AS setId, any(inputs) AS members FROM input_sets
         WHERE set_id IN (SELECT toUInt128(arrayJoin({setIds:Array(String)}))) GROUP BY set_id`
      : `SELECT toString(set_id) AS setId, groupUniqArray(member) AS members
         FROM (
           SELECT set_id, arrayJoin(inputs) AS member FROM input_sets
           WHERE set_id IN (SELECT toUInt128(arrayJoin({setIds:Array(String)})))
         )
         WHERE member IN ${elementsOf('{among:Array(String)}')} GROUP BY set_id`,
    { setIds, among },
  )
  return new Map(rows.map(({ setId, members }) => [setId, members]))
}
