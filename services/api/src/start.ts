import { createAccess } from '@headwater/access'
import { clickHouseConnection, clickHouseLogin, logOptions } from '@headwater/config'
import { isStopRequested, onFirstSignal, stopSignals } from '@headwater/config/first-signal'
import { exitOnFailure } from '@headwater/http'
import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { createClickHouseStore } from './clickhouse/clickhouse-store.ts'
import { createClients } from './clickhouse/clients.ts'
import { createQuery } from './clickhouse/query.ts'
import { loadConfig } from './config.ts'
import { appLimits } from './load/limits.ts'

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const logger = pino(logOptions('api', config.LOG_LEVEL))
  const access = await createAccess(config.access, { warn: (line) => logger.warn(line) })
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const clickhouse = createClients({
    connect: (connections) => clickHouseConnection(clickHouseLogin(config), config, connections),
    database: config.CLICKHOUSE_DATABASE,
    costlyAtOnce: config.API_COSTLY_AT_ONCE,
    deadlineMs: config.API_DEADLINE_MS,
  })
  const query = createQuery(clickhouse, {
    maxSeconds: config.API_DEADLINE_MS / 1_000,
    onSettingsRefused: () => logger.warn('CLICKHOUSE_USER refuses settings of queries: the limits of its profile hold'),
  })
  const store = createClickHouseStore(query, {
    configured: config.authorityAliases,
    trim: config.trim,
    aliasesMaxAgeMs: 1_000,
    livesMaxAgeMs: 1_000,
    onRefused: (merge) => logger.warn(merge, 'Refused an alias that a tool reported'),
  })
  const app = await buildApp({ store, registry, access, guard: config.guard, limits: appLimits(config), logger })
  await app.listen({ host: config.API_HOST, port: config.API_PORT })
  store.problems().then(
    (reasons) => reasons.length > 0 && logger.warn({ reasons }, 'Not ready to answer'),
    (error: Error) => logger.warn({ reasons: [error.message] }, 'Not ready to answer'),
  )
  const close = async () => {
    await app.close()
    await clickhouse.close()
  }
  closeWithGrace({ delay: 10_000, logger: false, skip: [...stopSignals] }, async ({ err }) => {
    if (err !== undefined) logger.error({ err }, 'Stopping')
    await close()
  })
  onFirstSignal(close, { withinMs: 10_000, onTrouble: (text) => logger.warn(text) })
}

main().catch((error) => {
  if (!isStopRequested()) exitOnFailure('api', 'API_PORT')(error)
})
