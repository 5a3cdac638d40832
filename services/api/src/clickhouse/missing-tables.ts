import type { Ask } from './query.ts'

const tables = [
  'asset_aliases',
  'asset_facts',
  'asset_reads',
  'asset_sightings',
  'asset_writes',
  'checks',
  'column_reads',
  'column_sets',
  'expired_runs',
  'expired_sightings',
  'expiring_facts',
  'folded_offsets',
  'folded_offsets.generation',
  'heartbeats',
  'horizons',
  'input_sets',
  'job_facts',
  'run_facts',
]

/** Tables that the queries read and the database lacks, and a column that a projector of this version adds. */
export async function missingTables(ask: Ask): Promise<readonly string[]> {
  const rows = await ask<{ name: string }>(
    'missing-tables',
    `SELECT name FROM system.tables WHERE database = currentDatabase() UNION ALL
     SELECT concat(table, '.', name) FROM system.columns WHERE database = currentDatabase() AND name = 'generation'`,
  )
  const present = new Set(rows.map(({ name }) => name))
  return tables.filter((table) => !present.has(table))
}
