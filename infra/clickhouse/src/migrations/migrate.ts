import { createHash } from 'node:crypto'
import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '../calls/read-rows.ts'
import { runStatement } from '../calls/run-statement.ts'
import { isClickHouseError } from '../errors/clickhouse-error.ts'
import { type Migration, readMigrations } from './read-migrations.ts'

/** Another version of Headwater migrated the database. Nothing was changed; use that version, or a new database. */
export class MigrationError extends Error {
  readonly code = 'MIGRATION_MISMATCH'
  readonly retryable = false
}

/**
 * Creates `database` and applies its missing migrations in order of their numbers. Statements are idempotent, so two processes may
 * migrate at once.
 * @returns the numbers of the migrations applied by this call
 * @throws MigrationError when an applied migration is unknown to this version, or its file has changed
 */
export async function migrate(client: ClickHouseClient, database: string): Promise<readonly number[]> {
  await runStatement(client, {
    query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}',
    query_params: { database },
  })
  await runStatement(client, {
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
  const rows = await readRows<{ number: number; checksum: string }>(client, {
    query: 'SELECT number, checksum FROM {database:Identifier}.schema_migrations FINAL',
    query_params: { database },
  })
  return new Map(rows.map(({ number, checksum }) => [number, checksum]))
}

function refuseUnknown(applied: ReadonlyMap<number, string>, migrations: readonly Migration[], database: string): void {
  for (const [number, checksum] of applied) {
    const migration = migrations.find((candidate) => candidate.number === number)
    if (migration === undefined) {
      throw new MigrationError(
        `Database ${database} has migration ${number}, which this version does not know. Use the version that applied it, or a new database`,
      )
    }
    if (checksumOf(migration) !== checksum) {
      throw new MigrationError(
        `Migration ${migration.name} of database ${database} was applied with different content. Use the version that applied it, or a new database`,
      )
    }
  }
}

async function apply(client: ClickHouseClient, database: string, migration: Migration): Promise<void> {
  for (const statement of migration.statements) {
    await runStatement(client, { query: statement.replaceAll('{database}', `\`${database}\``) })
  }
  const { number } = migration
  await runStatement(client, {
    query: `INSERT INTO \`${database}\`.schema_migrations (number, checksum) VALUES (${number}, '${checksumOf(migration)}')`,
  })
}

/** Merges less often, in larger steps: half the merge work for a few more parts. Older servers do not know the setting. */
async function tune(client: ClickHouseClient, database: string): Promise<void> {
  const query = 'ALTER TABLE {database:Identifier}.run_facts MODIFY SETTING merge_selector_base = 20'
  await runStatement(client, { query, query_params: { database } }).catch((error: unknown) => {
    if (!isClickHouseError(error, ['UNKNOWN_SETTING'])) throw error
  })
}

const checksumOf = ({ statements }: Migration) => createHash('sha256').update(statements.join(';\n')).digest('hex')
