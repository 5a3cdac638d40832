import './log/whole-record-batches.ts' // before kafkajs
import type { Server } from 'node:http'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { createKafka, quietRequestQueues, registryOf, topicsOf } from '@headwater/kafka'
import { parseDuration } from '@headwater/lineage'
import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { loadConfig } from './config.ts'
import { createClickHouseExpiry } from './history/clickhouse-expiry.ts'
import { createMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'
import { projectAcrossRebuilds } from './project-across-rebuilds.ts'
import type { RunningProjector } from './start-projector.ts'

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  quietRequestQueues()
  const logger = pino({ name: 'projector', level: config.LOG_LEVEL })
  const metrics = createMetrics(config.PROJECTOR_TOPIC)
  const address = {
    url: config.CLICKHOUSE_URL,
    username: config.CLICKHOUSE_USER,
    password: config.CLICKHOUSE_PASSWORD,
    application: 'headwater-projector',
    log: { level: ClickHouseLogLevel.OFF }, // what fails is logged once, with what it was for
  }
  const clickhouse = createClient({ ...address, request_timeout: 60_000 })
  const ofTables = createClient({ ...address, database: config.CLICKHOUSE_DATABASE, request_timeout: 3_600_000 })
  const keepMs = parseDuration(config.PROJECTOR_KEEP_HISTORY)
  const starting = new AbortController()
  let projector: RunningProjector | undefined
  let metricsServer: Server | undefined
  closeWithGrace({ delay: 30_000, logger: false }, async ({ err }) => {
    if (err !== undefined) logger.error({ err }, 'Stopping')
    starting.abort()
    await projector?.stop()
    await Promise.all([clickhouse.close(), ofTables.close()])
    metricsServer?.close()
  })
  metricsServer = await serveMetrics(metrics.registry, config.PROJECTOR_METRICS_HOST, config.PROJECTOR_METRICS_PORT)
  projector = await projectAcrossRebuilds({
    kafka: createKafka('headwater-projector', config, logger),
    clickhouse,
    registry: registryOf(config),
    database: config.CLICKHOUSE_DATABASE,
    topics: topicsOf(config),
    groupId: config.PROJECTOR_GROUP,
    maxBatchRecords: config.PROJECTOR_BATCH_RECORDS,
    sessionTimeoutMs: config.PROJECTOR_SESSION_TIMEOUT_MS,
    history: keepMs === undefined ? undefined : { keepMs, expire: createClickHouseExpiry(ofTables, logger) },
    metrics,
    logger,
    signal: starting.signal,
  })
  logger.info({ topic: config.PROJECTOR_TOPIC, database: config.CLICKHOUSE_DATABASE }, 'Projecting')
  await projector.done
}

main().catch((error: Error) => {
  process.stderr.write(`headwater projector: ${error.message}\n`)
  process.exit(1)
})
