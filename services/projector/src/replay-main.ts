import { parseArgs } from 'node:util'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ReplayReport } from '@headwater/clickhouse'
import { clickHouseConnection, clickHouseLogin, logOptions } from '@headwater/config'
import { onStopSignal } from '@headwater/config/stop-signals'
import {
  correctFetches,
  createKafka,
  createLogProbe,
  isRetryable,
  quietRequestQueues,
  registryOf,
  topicsOf,
  translateKafkaErrors,
} from '@headwater/kafka'
import { textWithoutSecrets } from '@headwater/lineage'
import { pino } from 'pino'
import { loadConfig, type ProjectorConfig } from './config.ts'
import { ProjectorError } from './errors.ts'
import { createMetrics } from './metrics.ts'
import { replay } from './replay/replay.ts'
import type { ReplayContext, ReplayOptions } from './replay/replay-context.ts'
import { startProjector } from './start-projector.ts'

const report = (line: ReplayReport): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

function readOptions(): ReplayOptions {
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    options: { restart: flag, cancel: flag, 'accept-differences': flag, 'no-swap': flag },
  })
  return {
    restart: values.restart,
    cancel: values.cancel,
    acceptDifferences: values['accept-differences'],
    swap: !values['no-swap'],
  }
}

function connect(config: ProjectorConfig) {
  const logger = pino(logOptions('replay', config.LOG_LEVEL), pino.destination(2))
  const open = (database?: string) =>
    createClient({
      ...clickHouseConnection(clickHouseLogin(config), config),
      ...(database === undefined ? {} : { database }),
      application: 'headwater-replay',
      request_timeout: 3_600_000, // comparing large tables takes long
      log: { level: ClickHouseLogLevel.ERROR },
    })
  const kafka = createKafka('headwater-projector', config, logger)
  const registry = registryOf(config)
  return { logger, open, clickhouse: open(), kafka, registry }
}

async function main(): Promise<boolean> {
  const options = readOptions()
  const config = loadConfig(process.env)
  quietRequestQueues()
  correctFetches({ wholeBatches: true })
  const { logger, open, clickhouse, kafka, registry } = connect(config)
  const admin = kafka.admin()
  const probe = createLogProbe(kafka)
  const stopping = new AbortController()
  onStopSignal(() => stopping.abort())
  const start: ReplayContext['start'] = (database, groupId, rebuild) =>
    startProjector({
      ...{ kafka, clickhouse, registry, database, groupId, logger, rebuild, signal: stopping.signal },
      topics: topicsOf(config),
      readTimesDatabase: config.CLICKHOUSE_DATABASE,
      maxBatchRecords: config.PROJECTOR_BATCH_RECORDS,
      sessionTimeoutMs: config.PROJECTOR_SESSION_TIMEOUT_MS,
      metrics: createMetrics(config.PROJECTOR_TOPIC),
    })
  try {
    await translateKafkaErrors(() => admin.connect())
    const groupOf = (generation: number) => `${config.PROJECTOR_GROUP}-replay-${generation}`
    const { CLICKHOUSE_DATABASE: database, PROJECTOR_TOPIC: topic } = config
    const logId = async () => {
      const found = await probe.topic(topic)
      return found.exists ? found.id : undefined
    }
    const projectors = { groupId: config.PROJECTOR_GROUP, sessionTimeoutMs: config.PROJECTOR_SESSION_TIMEOUT_MS }
    return await replay(
      {
        client: clickhouse,
        open,
        admin,
        projectors,
        database,
        topic,
        groupOf,
        logId,
        start,
        report,
        signal: stopping.signal,
      },
      options,
    )
  } finally {
    await Promise.allSettled([probe.close(), admin.disconnect(), clickhouse.close()])
  }
}

main().then(
  (done) => process.exit(done ? 0 : 1),
  (error: Error & { code?: string }) => {
    const known = error instanceof ProjectorError || typeof error.code === 'string'
    if (!known) process.stderr.write(`${textWithoutSecrets(String(error.stack))}\n`)
    report({
      kind: 'failed',
      code: error.code ?? 'UNEXPECTED',
      message: textWithoutSecrets(error.message),
      retryable: isRetryable(error),
    })
    process.exitCode = 1
    process.stdout.write('', () => process.exit(1))
  },
)
