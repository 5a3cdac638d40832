import type { Server } from 'node:http'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { clickHouseConnection, clickHouseLogin, logOptions } from '@headwater/config'
import { isStopRequested, onFirstSignal, stopSignals } from '@headwater/config/first-signal'
import {
  ConsumerStatus,
  correctFetches,
  createKafka,
  instanceIdOf,
  kafkaPrincipal,
  quietRequestQueues,
  registryOf,
  topicsOf,
} from '@headwater/kafka'
import { parseDuration, textWithoutSecrets } from '@headwater/lineage'
import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { loadConfig, type ProjectorConfig } from './config.ts'
import { checkRegistry } from './fold/check-registry.ts'
import { createClickHouseExpiry } from './history/clickhouse-expiry.ts'
import { createMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'
import { projectAcrossRebuilds } from './project-across-rebuilds.ts'
import type { RunningProjector } from './projector-options.ts'

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  quietRequestQueues()
  correctFetches({ wholeBatches: true })
  const logger = pino(logOptions('projector', config.LOG_LEVEL))
  const metrics = createMetrics(config.PROJECTOR_TOPIC)
  const { clickhouse, forExpiry } = connectClickHouse(config)
  const keepMs = parseDuration(config.PROJECTOR_KEEP_HISTORY)
  const starting = new AbortController()
  let projector: RunningProjector | undefined
  let metricsServer: Server | undefined
  const close = async () => {
    starting.abort()
    await projector?.stop()
    await Promise.all([clickhouse.close(), forExpiry.close()])
    metricsServer?.close()
  }
  closeWithGrace({ delay: 30_000, logger: false, skip: [...stopSignals] }, async ({ err }) => {
    if (err !== undefined) logger.error({ err }, 'Stopping')
    await close()
  })
  onFirstSignal(close, { withinMs: 13_000, onTrouble: (text) => logger.warn(text) })
  const status = new ConsumerStatus()
  metrics.watchConsumer(status)
  metricsServer = await serveMetrics({
    registry: metrics.registry,
    problem: () => status.problem,
    host: config.PROJECTOR_METRICS_HOST,
    port: config.PROJECTOR_METRICS_PORT,
    guard: config.guard,
  })
  const instance = instanceIdOf(config.PROJECTOR_METRICS_HOST, config.PROJECTOR_METRICS_PORT)
  const instanceId = instance && `headwater-projector-${instance}`
  const registry = registryOf(config)
  await checkRegistry(registry, config.PROJECTOR_TOPIC)
  projector = await projectAcrossRebuilds({
    ...{ clickhouse, metrics, status, logger, signal: starting.signal },
    kafka: createKafka(instanceId ?? 'headwater-projector', config, logger),
    instanceId,
    principal: kafkaPrincipal(config),
    registry,
    database: config.CLICKHOUSE_DATABASE,
    topics: topicsOf(config),
    groupId: config.PROJECTOR_GROUP,
    maxBatchRecords: config.PROJECTOR_BATCH_RECORDS,
    sessionTimeoutMs: config.PROJECTOR_SESSION_TIMEOUT_MS,
    replacedLog: config.PROJECTOR_REPLACED_LOG,
    history: keepMs === undefined ? undefined : { keepMs, expire: createClickHouseExpiry(forExpiry, logger) },
  })
  logger.info({ topic: config.PROJECTOR_TOPIC, database: config.CLICKHOUSE_DATABASE }, 'Projector started')
  await projector.done
}

function connectClickHouse(config: ProjectorConfig) {
  const options = {
    ...clickHouseConnection(clickHouseLogin(config), config),
    application: 'headwater-projector',
    log: { level: ClickHouseLogLevel.OFF }, // the caller logs each error once, with its context
  }
  return {
    clickhouse: createClient({ ...options, request_timeout: 60_000 }),
    forExpiry: createClient({ ...options, database: config.CLICKHOUSE_DATABASE, request_timeout: 3_600_000 }),
  }
}

main().catch((error: Error) => {
  if (isStopRequested()) return
  process.stderr.write(`headwater projector: ${textWithoutSecrets(error.message)}\n`)
  process.exit(1)
})
