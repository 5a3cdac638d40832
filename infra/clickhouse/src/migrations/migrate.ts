import { createHash } from 'node:crypto'
import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '../calls/read-rows.ts'
import { runStatement } from '../calls/run-statement.ts'
import { isClickHouseError } from '../errors/clickhouse-error.ts'
import { clickHouseFailure } from '../errors/clickhouse-failure.ts'
import { type Migration, readMigrations } from './read-migrations.ts'

export type MigrationErrorCode = 'MIGRATION_MISMATCH' | 'MIGRATIONS_MISSING'

/**
 * MIGRATION_MISMATCH: another version of Headwater migrated the database; nothing was changed. MIGRATIONS_MISSING: the user may not
 * apply what is missing.
 */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode
  readonly retryable = false

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Creates `database` and applies its missing migrations in order of their numbers. Only reads where none is missing, so the user then
 * needs no right to change tables. Statements are idempotent, so two processes may migrate at once.
 * @returns the numbers of the migrations applied by this call
 * @throws MigrationError
 */
export async function migrate(client: ClickHouseClient, database: string): Promise<readonly number[]> {
  const applied = await appliedChecksums(client, database)
  const migrations = await readMigrations()
  refuseUnknown(applied, migrations, database)
  const applying = migrations.filter(({ number }) => !applied.has(number))
  if (applying.length === 0) return []
  const numbers = applying.map(({ number }) => number)
  try {
    for (const query of createSql(database)) await runStatement(client, { query })
    for (const migration of applying) {
      for (const query of sqlOf(migration, database)) await runStatement(client, { query })
    }
    await tune(client, database)
  } catch (cause) {
    if (!isClickHouseError(cause, ['ACCESS_DENIED', 'READONLY'])) throw cause
    throw new MigrationError('MIGRATIONS_MISSING', missingText(database, numbers, cause), { cause })
  }
  return numbers
}

/** All migrations as a script that may be run again, for a person who applies them by other means. */
export async function migrationScript(database: string): Promise<string> {
  const migrations = await readMigrations()
  const statements = [createSql(database), ...migrations.map((migration) => sqlOf(migration, database))].flat()
  return statements.map((statement) => `${statement};\n`).join('\n')
}

const missingText = (database: string, numbers: readonly number[], cause: unknown) =>
  `Database ${database} lacks migrations ${numbers.join(', ')}, and CLICKHOUSE_USER may not apply them. Run headwater migrate as a user who may, or apply what headwater migrate --print prints. ${clickHouseFailure(cause).text}`

const createSql = (database: string): readonly string[] => [
  `CREATE DATABASE IF NOT EXISTS \`${database}\``,
  `CREATE TABLE IF NOT EXISTS \`${database}\`.schema_migrations
  (number UInt32, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
  ENGINE = ReplacingMergeTree ORDER BY number`,
]

const sqlOf = (migration: Migration, database: string): readonly string[] => [
  ...migration.statements.map((statement) => statement.replaceAll('{database}', `\`${database}\``)),
  `INSERT INTO \`${database}\`.schema_migrations (number, checksum) VALUES (${migration.number}, '${checksumOf(migration)}')`,
]

async function appliedChecksums(client: ClickHouseClient, database: string): Promise<Map<number, string>> {
  const [table] = await readRows(client, {
    query: "SELECT name FROM system.tables WHERE database = {database:String} AND name = 'schema_migrations'",
    query_params: { database },
  })
  if (table === undefined) return new Map()
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
        'MIGRATION_MISMATCH',
        `Database ${database} has migration ${number}, which this version does not know. Use the version that applied it, or a new database`,
      )
    }
    if (checksumOf(migration) !== checksum) {
      throw new MigrationError(
        'MIGRATION_MISMATCH',
        `Migration ${migration.name} of database ${database} was applied with different content. Use the version that applied it, or a new database`,
      )
    }
  }
}

/** Merges less often, in larger steps: half the merge work for a few more parts. Older servers do not know the setting. */
async function tune(client: ClickHouseClient, database: string): Promise<void> {
  const query = 'ALTER TABLE {database:Identifier}.run_facts MODIFY SETTING merge_selector_base = 20'
  await runStatement(client, { query, query_params: { database } }).catch((error: unknown) => {
    if (!isClickHouseError(error, ['UNKNOWN_SETTING'])) throw error
  })
}

const checksumOf = ({ statements }: Migration) => createHash('sha256').update(statements.join(';\n')).digest('hex')
