import { isExpiring, isOld, timeParameter } from './within.ts'

const horizon = timeParameter('horizon')

/** SQL: keys of old rows but for the latest of each subject, which holds at the horizon. */
const superseded = (table: string, subject: string, order: string) => `(
  SELECT ${subject}, ${order} FROM ${table} FINAL
  WHERE ${isOld} AND (${subject}, ${order}) NOT IN (
    SELECT ${subject}, latest.${order
      .split(', ')
      .map((_, index) => index + 1)
      .join(', latest.')} FROM (
      SELECT ${subject}, max((${order})) AS latest FROM ${table} WHERE ${isOld} GROUP BY ${subject}))
)`

const deletion = (table: string, subject: string, order: string) =>
  `ALTER TABLE ${table} DELETE WHERE (${subject}, ${order}) IN ${superseded(table, subject, order)}`

/** Deletes what is summed up, what was said of assets and said again later, and what earlier horizons have left. */
export async function deleteExpired(run: (query: string) => Promise<unknown>): Promise<void> {
  await run(`ALTER TABLE run_facts DELETE WHERE ${isExpiring('<=')}`)
  await run(deletion('asset_facts', 'asset, facet, subject', 'occurred_at, fact_id'))
  await run(deletion('checks', 'asset, name, column', 'occurred_at, fact_id, ordinal'))
  await run(`ALTER TABLE expiring_facts DELETE WHERE horizon <= ${horizon}`)
  await run(`ALTER TABLE retained_runs DELETE WHERE horizon <= ${horizon}`)
  for (const table of ['expired_runs', 'expired_sightings']) {
    await run(`ALTER TABLE ${table} DELETE WHERE horizon < ${horizon}`)
  }
}
