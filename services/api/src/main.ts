import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { createAccess } from '@headwater/access'
import { clickHouseLogin, logOptions } from '@headwater/config'
import { exitOnFailure } from '@headwater/http'
import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { createClickHouseStore } from './clickhouse/clickhouse-store.ts'
import { createQuery } from './clickhouse/query.ts'
import { loadConfig } from './config.ts'

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const logger = pino(logOptions('api', config.LOG_LEVEL))
  const access = await createAccess(config.access, { warn: (line) => logger.warn(line) })
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const clickhouse = createClient({
    ...clickHouseLogin(config),
    database: config.CLICKHOUSE_DATABASE,
    application: 'headwater-api',
    request_timeout: 25_000,
    max_open_connections: 64,
    log: { level: ClickHouseLogLevel.OFF }, // a failed query is logged once, with its request
  })
  const store = createClickHouseStore(createQuery(clickhouse), {
    configured: config.authorityAliases,
    trim: config.trim,
    aliasesMaxAgeMs: 1_000,
    livesMaxAgeMs: 1_000,
    onRefused: (merge) => logger.warn(merge, 'Refused an alias that a tool reported'),
  })
  const app = await buildApp({ store, registry, access, guard: config.guard, logger })
  await app.listen({ host: config.API_HOST, port: config.API_PORT })
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err !== undefined) logger.error({ err }, 'Stopping')
    await app.close()
    await clickhouse.close()
  })
}

main().catch(exitOnFailure('api', 'API_PORT'))
