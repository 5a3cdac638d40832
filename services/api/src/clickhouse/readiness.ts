import { ApiError } from '../errors.ts'
import type { Query } from './query.ts'

/** How long present tables are taken to be there: probes of a busy server then cost one trivial query. */
const tablesMaxAgeMs = 10_000

/** Why ClickHouse cannot answer now. Probes that come at once share one check. */
export function createReadiness(
  query: Query,
  now = () => performance.now(),
): (signal?: AbortSignal) => Promise<readonly string[]> {
  let completeAt = Number.NEGATIVE_INFINITY
  let checking: Promise<readonly string[]> | undefined

  async function check(): Promise<readonly string[]> {
    if (now() - completeAt < tablesMaxAgeMs) {
      await query('alive', 'SELECT 1')
      return []
    }
    const missing = await missingTables(query)
    if (missing.length === 0) completeAt = now()
    return missing.length === 0 ? [] : [`The database lacks tables: ${missing.join(', ')}`]
  }

  return async (signal) => {
    checking ??= check().finally(() => {
      checking = undefined
    })
    return signal === undefined ? checking : Promise.race([checking, aborted(signal)])
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new ApiError('NOT_READY', 'ClickHouse does not answer in time')), {
      once: true,
    })
  })
}

const requiredTables = [
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
  'folded_offsets.is_folded', // a column that a projector of this version adds
  'heartbeats',
  'horizons',
  'input_sets',
  'job_facts',
  'run_facts',
]

async function missingTables(query: Query): Promise<readonly string[]> {
  const rows = await query<{ name: string }>(
    'missing-tables',
    `SELECT name FROM system.tables WHERE database = currentDatabase() UNION ALL
     SELECT concat(table, '.', name) FROM system.columns WHERE database = currentDatabase() AND name = 'is_folded'`,
  )
  const present = new Set(rows.map(({ name }) => name))
  return requiredTables.filter((table) => !present.has(table))
}
