import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { clickHouseFailure, ExpiryError, expireHistory, foldedUntil } from '@headwater/clickhouse'
import { clickHouseConnection } from '@headwater/config'
import { parseDuration } from '@headwater/lineage'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { findAddresses, findClickHouseLogin } from '../stack/find-addresses.ts'
import { formatUtc } from '../terminal/utc.ts'

export type ExpireOptions = {
  readonly keep?: string
  /** ISO time. */
  readonly before?: string
  /** In seconds. */
  readonly grace: number
  readonly json: boolean
}

const dayMs = 86_400_000

/** Expires the history of runs before a horizon. */
export async function expire(context: Context, config: CliConfig, options: ExpireOptions): Promise<number> {
  const horizon = horizonOf(options, context.now())
  const { clickhouseUrl } = await findAddresses(config)
  const client = createClient({
    ...clickHouseConnection({ url: clickhouseUrl, ...(await findClickHouseLogin(config)) }, config),
    database: config.CLICKHOUSE_DATABASE,
    application: 'headwater-expire',
    request_timeout: 3_600_000, // reads the whole history
    log: { level: ClickHouseLogLevel.OFF },
  })
  try {
    const knownUntil = await foldedUntil(client)
    if (knownUntil === undefined || knownUntil < horizon) throw notFolded(horizon, knownUntil)
    const result = await expireHistory(client, {
      horizon,
      knownUntil,
      readersHaveMoved: () => new Promise((resolve) => setTimeout(resolve, options.grace * 1_000)),
      onStep: (step) => (options.json ? undefined : context.note(`${step} ...`)),
    })
    const at = new Date(horizon).toISOString()
    context.print(
      options.json
        ? JSON.stringify({ horizon: at, ...result })
        : `Expired ${result.runs} runs (${result.facts} events) before ${formatUtc(at)}; their totals are kept`,
    )
    return exitCodes.ok
  } catch (error) {
    if (error instanceof ExpiryError)
      throw new CliError('FAILING', `${error.message} (${error.code})`, { cause: error })
    throw error instanceof CliError ? error : unavailable(clickhouseUrl, error)
  } finally {
    await client.close()
  }
}

function horizonOf({ keep, before }: ExpireOptions, now: number): number {
  if ((keep === undefined) === (before === undefined)) {
    throw new CliError(
      'INVALID_INPUT',
      'Pass either --keep with a duration, e.g. --keep 90d, or --before with a time, e.g. --before 2026-09-01',
    )
  }
  if (keep !== undefined) {
    const duration = parseDuration(keep)
    if (duration === undefined || duration < dayMs) {
      throw new CliError(
        'INVALID_INPUT',
        `Invalid --keep ${keep}: expected a duration of at least one day, such as 90d or 12w`,
      )
    }
    return Math.floor((now - duration) / dayMs) * dayMs
  }
  return Date.parse(before ?? '')
}

const unavailable = (url: string, error: unknown) =>
  new CliError(
    'NOT_REACHABLE',
    `ClickHouse at ${url} failed: ${clickHouseFailure(error).text}. Check that it runs (headwater status), and CLICKHOUSE_DATABASE`,
    { cause: error },
  )

function notFolded(horizon: number, knownUntil: number | undefined): CliError {
  const until =
    knownUntil === undefined
      ? 'it is unknown how far the log is folded'
      : `the log is folded until ${formatUtc(new Date(knownUntil).toISOString())}`
  return new CliError(
    'FAILING',
    `History before ${formatUtc(new Date(horizon).toISOString())} cannot expire: ${until}. Wait for the projector, or choose an earlier time`,
  )
}
