import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { clickHouseFailure, MigrationError, migrate, migrationScript } from '@headwater/clickhouse'
import { clickHouseConnection } from '@headwater/config'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { findAddresses, findClickHouseLogin } from '../stack/find-addresses.ts'

export type MigrateOptions = { readonly print: boolean; readonly json: boolean }

/** Brings the tables to this version, or prints how. */
export async function migrateTables(
  context: Context,
  config: CliConfig,
  { print, json }: MigrateOptions,
): Promise<number> {
  const { CLICKHOUSE_DATABASE: database } = config
  if (print) {
    const sql = await migrationScript(database)
    context.print(json ? JSON.stringify({ database, sql }) : sql.trimEnd())
    return exitCodes.ok
  }
  const { clickhouseUrl: url } = await findAddresses(config)
  const client = createClient({
    ...clickHouseConnection({ url, ...(await findClickHouseLogin(config)) }, config),
    ...{ application: 'headwater-migrate', request_timeout: 3_600_000, log: { level: ClickHouseLogLevel.OFF } },
  })
  try {
    const applied = await migrate(client, database)
    context.print(json ? JSON.stringify({ database, applied }) : appliedText(database, applied))
    return exitCodes.ok
  } catch (error) {
    throw failed(url, error)
  } finally {
    await client.close()
  }
}

const appliedText = (database: string, applied: readonly unknown[]) =>
  applied.length === 0
    ? `Database ${database} has all migrations of this version`
    : `Applied migrations ${applied.join(', ')} to database ${database}`

function failed(url: string, cause: unknown): CliError {
  if (cause instanceof MigrationError) return new CliError('FAILING', cause.message, { cause })
  const { kind, text } = clickHouseFailure(cause)
  return kind === 'passing' || kind === 'limit'
    ? new CliError('NOT_REACHABLE', `ClickHouse at ${url} cannot do it now: ${text}. Run the same command again`, {
        cause,
      })
    : new CliError('FAILING', `ClickHouse at ${url} refused: ${text}`, { cause })
}
