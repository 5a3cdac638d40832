import { elementsOf, factsWithin, timeParameter, within, writesAny } from '@headwater/clickhouse'
import { isNow, type Moment } from '@headwater/lineage'
import { declaredOf } from '../edges/declared-links.ts'
import { ofHorizon } from '../runs/expired-runs.ts'

/**
 * SQL: asset, firstSeen and lastSeen (a day) of the `keys` that an event names. asset_sightings only describes the present, so an earlier
 * moment reads the events. Only asset_sightings covers events that report nothing but an alias, and only by when they occurred, not by
 * when they were recorded.
 * @param keys SQL of an Array(String)
 */
export const sightings = (keys: string, moment: Moment): string =>
  isNow(moment)
    ? `(
  SELECT key AS asset, min(first_seen) AS firstSeen, max(last_seen) AS lastSeen
  FROM asset_sightings WHERE key IN ${elementsOf(keys)} GROUP BY key
)`
    : `(
  SELECT asset, min(at) AS firstSeen, toDate32(max(at), 'UTC') AS lastSeen
  FROM (
    SELECT arrayJoin(arrayFilter(output -> output IN ${elementsOf(keys)}, outputs)) AS asset, occurred_at AS at FROM run_facts
    WHERE (job_namespace, job_name) IN (SELECT job_namespace, job_name FROM asset_writes WHERE asset IN ${elementsOf(keys)})
      AND ${writesAny(keys)} AND ${factsWithin(moment)}
    UNION ALL
    SELECT reads.asset AS asset, named.at AS at
    FROM (SELECT DISTINCT asset, job_namespace, job_name, set_id FROM asset_reads WHERE asset IN ${elementsOf(keys)}) AS reads
    INNER JOIN (
      SELECT job_namespace, job_name, arrayJoin(arrayConcat([input_set], own_sets)) AS set_id,
        arrayJoin([min(occurred_at), max(occurred_at)]) AS at
      FROM run_facts
      WHERE (job_namespace, job_name) IN (SELECT job_namespace, job_name FROM asset_reads WHERE asset IN ${elementsOf(keys)})
        AND ${factsWithin(moment)}
      GROUP BY job_namespace, job_name, set_id
    ) AS named USING (job_namespace, job_name, set_id)
    UNION ALL
    SELECT asset, occurred_at AS at FROM asset_facts WHERE asset IN ${elementsOf(keys)} AND ${within(moment)}
    UNION ALL
    SELECT asset, occurred_at AS at FROM checks WHERE asset IN ${elementsOf(keys)} AND ${within(moment)}
    UNION ALL
    SELECT asset, occurred_at AS at FROM (
      SELECT occurred_at, arrayJoin(${declaredOf('value')}) AS declared,
        arrayJoin(arrayConcat([declared.1], declared.2)) AS asset
      FROM job_facts
      WHERE facet = 'lineage' AND ${within(moment)} AND (job_namespace, job_name) IN (
        SELECT job_namespace, job_name FROM asset_writes WHERE asset IN ${elementsOf(keys)}
        UNION DISTINCT SELECT job_namespace, job_name FROM asset_reads WHERE asset IN ${elementsOf(keys)})
    ) WHERE asset IN ${elementsOf(keys)}
    ${firstSightings(keys, moment)}
    ${expiredSightings(keys, moment)}
  ) GROUP BY asset
)`

const firstSightings = (keys: string, { knownAt }: Moment) =>
  knownAt === undefined
    ? `UNION ALL
    SELECT key AS asset, min(first_seen) AS at FROM asset_sightings WHERE key IN ${elementsOf(keys)}
    GROUP BY key HAVING at <= ${timeParameter('asOf')}`
    : ''

const expiredSightings = (keys: string, { horizon }: Moment) =>
  horizon === undefined
    ? ''
    : `UNION ALL
    SELECT asset, arrayJoin([first_seen, last_seen]) AS at FROM expired_sightings FINAL
    WHERE ${ofHorizon} AND asset IN ${elementsOf(keys)}`
