import { isExpiring, isOld, timeParameter } from '../sql/within.ts'

const horizon = timeParameter('horizon')

/** SQL: keys of old rows, except the latest of each subject, which is still valid at the horizon. */
const superseded = (table: string, subject: string, order: string, condition: string) => `(
  SELECT ${subject}, ${order} FROM ${table} FINAL
  WHERE ${isOld} AND ${condition} AND (${subject}, ${order}) NOT IN (
    SELECT ${subject}, latest.${order
      .split(', ')
      .map((_, index) => index + 1)
      .join(', latest.')} FROM (
      SELECT ${subject}, max((${order})) AS latest FROM ${table} WHERE ${isOld} GROUP BY ${subject}))
)`

const deletion = (table: string, subject: string, order: string, condition = 'true') =>
  `ALTER TABLE ${table} DELETE WHERE ${condition}
     AND (${subject}, ${order}) IN ${superseded(table, subject, order, condition)}`

const job = 'job_namespace, job_name'

/**
 * SQL: deletes repeated declarations of lineage. Every declaration that names a past edge is evidence for it, so the first and last
 * declaration of each content stay, and with them the times at which the assets were named.
 */
const repeatedDeclarations = `ALTER TABLE job_facts DELETE WHERE facet = 'lineage' AND (${job}, occurred_at, fact_id) IN (
  SELECT ${job}, occurred_at, fact_id FROM job_facts FINAL
  WHERE facet = 'lineage' AND ${isOld} AND (${job}, occurred_at, fact_id) NOT IN (
    SELECT ${job}, kept.1, kept.2 FROM (
      SELECT ${job}, arrayJoin([min((occurred_at, fact_id)), max((occurred_at, fact_id))]) AS kept
      FROM job_facts WHERE facet = 'lineage' AND ${isOld} GROUP BY ${job}, value)))`

/** Deletes summed-up facts, facts of assets and jobs that a later fact replaced, and the working rows of earlier horizons. */
export async function deleteExpired(run: (query: string) => Promise<unknown>): Promise<void> {
  await run(`ALTER TABLE run_facts DELETE WHERE ${isExpiring('<=')}`)
  await run(deletion('asset_facts', 'asset, facet, subject', 'occurred_at, fact_id'))
  await run(deletion('job_facts', `${job}, facet, subject`, 'occurred_at, fact_id', "facet != 'lineage'"))
  await run(repeatedDeclarations)
  await run(deletion('checks', 'asset, name, column', 'occurred_at, fact_id, ordinal'))
  await run(`ALTER TABLE expiring_facts DELETE WHERE horizon <= ${horizon}`)
  await run(`ALTER TABLE retained_runs DELETE WHERE horizon <= ${horizon}`)
  for (const table of ['expired_runs', 'expired_sightings']) {
    await run(`ALTER TABLE ${table} DELETE WHERE horizon < ${horizon}`)
  }
}
