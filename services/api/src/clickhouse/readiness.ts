import { clickHouseFailure } from '@headwater/clickhouse'
import { isTlsError } from '@headwater/config'
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
    const lacking = await missingTables(query)
      .then((missing) => lackingOf(query, missing))
      .catch(lackingAfter)
    if (lacking.length === 0) completeAt = now()
    return lacking
  }

  return async (signal) => {
    checking ??= check().finally(() => {
      checking = undefined
    })
    return signal === undefined ? checking : Promise.race([checking, aborted(signal)])
  }
}

/** Tables of which a user may read nothing look like missing ones. */
async function lackingOf(query: Query, missing: readonly string[]): Promise<readonly string[]> {
  const all = requiredTables.filter((name) => !name.includes('.'))
  if (missing.length === 0) {
    await query('readable-tables', all.map(readNothing).join(' UNION ALL '))
    return []
  }
  const named = missing.filter((name) => all.includes(name))
  const states = await Promise.allSettled(named.map((name) => query('readable-table', readNothing(name))))
  const denied = states.find((state) => state.status === 'rejected' && failureOf(state.reason)?.kind === 'denied')
  if (denied?.status === 'rejected') return lackingAfter(denied.reason)
  return [`The database lacks tables: ${missing.join(', ')}. A projector creates them, or headwater migrate`]
}

/** ClickHouse checks the rights for every column that is named, even of no row. */
const readNothing = (table: string): string => `SELECT ignore(*) AS nothing FROM ${table} LIMIT 0`

const failureOf = (error: unknown) => {
  const cause = error instanceof ApiError ? error.cause : undefined
  return cause === undefined ? undefined : clickHouseFailure(cause)
}

/** What a person must change; anything else passes and is thrown again. */
function lackingAfter(error: unknown): readonly string[] {
  const failure = failureOf(error)
  if (failure !== undefined && isTlsError({ code: failure.name })) return [failure.text]
  if (failure?.kind === 'denied') {
    return [`ClickHouse denies what the API needs: ${failure.text}. The grants are in docs/deploying.md`]
  }
  if (failure?.kind === 'missing') {
    return [`The database is not complete: ${failure.text}. A projector creates it, or headwater migrate`]
  }
  throw error
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
  'log_gaps',
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
