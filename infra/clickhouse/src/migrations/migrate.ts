import { createHash } from 'node:crypto'
import { type ClickHouseClient, ClickHouseError } from '@clickhouse/client'
import { type Migration, readMigrations } from './read-migrations.ts'

/** The database was migrated by other files than these. Nothing was changed; use the version that migrated it, or a new database. */
export class MigrationError extends Error {
  readonly code = 'MIGRATION_MISMATCH'
  readonly retryable = false
}

/**
 * Creates `database` and applies the numbered migrations it lacks, in order; does nothing when it has them all. Statements are
 * idempotent, so two processes may migrate at once.
 * @returns the numbers that were applied now
 * @throws MigrationError when an applied migration reads differently today, or is unknown to this version
 */
export async function migrate(client: ClickHouseClient, database: string): Promise<readonly number[]> {
  await client.command({ query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}', query_params: { database } })
  await client.command({
    query: `CREATE TABLE IF NOT EXISTS {database:Identifier}.schema_migrations
      (number UInt32, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
      ENGINE = ReplacingMergeTree ORDER BY number`,
    query_params: { database },
  })
  const applied = await appliedChecksums(client, database)
  const migrations = await readMigrations()
  refuseUnknown(applied, migrations, database)
  const applying = migrations.filter(({ number }) => !applied.has(number))
  for (const migration of applying) await apply(client, database, migration)
  await tune(client, database)
  return applying.map(({ number }) => number)
}

async function appliedChecksums(client: ClickHouseClient, database: string): Promise<Map<number, string>> {
  const result = await client.query({
    query: 'SELECT number, checksum FROM {database:Identifier}.schema_migrations FINAL',
    query_params: { database },
    format: 'JSONEachRow',
  })
  const rows = await result.json<{ number: number; checksum: string }>()
  return new Map(rows.map(({ number, checksum }) => [number, checksum]))
}

function refuseUnknown(applied: ReadonlyMap<number, string>, migrations: readonly Migration[], database: string): void {
  for (const [number, checksum] of applied) {
    const migration = migrations.find((candidate) => candidate.number === number)
    if (migration === undefined) {
      throw new MigrationError(`Database ${database} has migration ${number}, which this version does not know`)
    }
    if (checksumOf(migration) !== checksum) {
      throw new MigrationError(`Migration ${migration.name} of database ${database} was applied with another content`)
    }
  }
}

async function apply(client: ClickHouseClient, database: string, migration: Migration): Promise<void> {
  for (const statement of migration.statements) {
    await client.command({ query: statement.replaceAll('{database}', `\`${database}\``) })
  }
  await client.insert({
    table: `\`${database}\`.schema_migrations`,
    values: [{ number: migration.number, checksum: checksumOf(migration) }],
    columns: ['number', 'checksum'],
    format: 'JSONEachRow',
  })
}

const unknownSetting = '115'

/** Has rows merged seldomer, in larger steps: half the work of merging for some more parts. Older servers do not know the setting. */
async function tune(client: ClickHouseClient, database: string): Promise<void> {
  const query = 'ALTER TABLE {database:Identifier}.run_facts MODIFY SETTING merge_selector_base = 20'
  await client.command({ query, query_params: { database } }).catch((error: unknown) => {
    if (!(error instanceof ClickHouseError) || error.code !== unknownSetting) throw error
  })
}

const checksumOf = ({ statements }: Migration) => createHash('sha256').update(statements.join(';\n')).digest('hex')
