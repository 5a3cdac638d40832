import { ensureTopics, type LogProbe, translateKafkaErrors } from '@headwater/kafka'
import type { Admin } from 'kafkajs'
import type { ProjectorError } from '../errors.ts'
import { readGenerationState } from '../generations/clickhouse-generation-state.ts'
import { GenerationWatch } from '../generations/generation-watch.ts'
import type { ProjectorOptions } from '../projector-options.ts'
import { translateClickHouseErrors } from '../tables/translate-clickhouse-errors.ts'
import { beginLog } from './begin-log.ts'
import { clickHouseLogTables } from './clickhouse-log-tables.ts'
import { createIdentityWatch } from './identity-watch.ts'
import { LogGuard } from './log-guard.ts'

async function watchGeneration(options: ProjectorOptions, retry: Retry): Promise<GenerationWatch> {
  const { clickhouse, database, rebuild, logger } = options
  const watch = await retry(() =>
    GenerationWatch.begin(async () =>
      rebuild === undefined
        ? translateClickHouseErrors(() => readGenerationState(clickhouse, database))
        : { generation: rebuild.generation, paused: false },
    ),
  )
  if (watch.isPaused) logger.info({ database }, 'Paused until a replay has compared the tables')
  return watch
}

type Retry = <T>(call: () => Promise<T>) => Promise<T>

type Finding = {
  readonly admin: Admin
  readonly probe: LogProbe
  readonly retry: Retry
  readonly onFailure: (error: Error) => void
}

/** Finds the log and the generation of the tables that are folded from it, and watches both. */
export async function findLog(options: ProjectorOptions, { admin, probe, retry, onFailure }: Finding) {
  const { topics, rebuild, replacedLog = 'stop', logger, metrics } = options
  const policy = rebuild === undefined ? replacedLog : 'stop'
  const tables = clickHouseLogTables({ ...options, topic: topics.events })
  const guard = new LogGuard({ probe, admin, topic: topics.events, stored: tables.stored })
  const onStartOver = (reason: ProjectorError) =>
    logger.warn({ reason: reason.message }, 'Keeping the tables and folding the new log into them from its beginning')
  const begin = () =>
    beginLog({
      ...{ guard, tables, policy, onStartOver, generation: rebuild?.generation },
      prepareTopics: (isLogKnown) =>
        translateKafkaErrors(() => ensureTopics(admin, topics, !isLogKnown), {
          operation: 'Create',
          topics: [topics.events, topics.deadLetters],
        }),
    })
  let log = await retry(begin)
  let watch = await watchGeneration(options, retry)
  while (watch.generation !== log.generation) {
    log = await retry(begin)
    watch = await watchGeneration(options, retry)
  }
  const identityWatch = createIdentityWatch({
    ...{ guard, generations: watch, tables, policy, retry, onStartOver, onFailure },
    onMissing(error) {
      if (error === undefined) return logger.info({ topic: topics.events }, 'The topic exists again')
      metrics.retried('TOPIC_MISSING')
      logger.warn({ reason: error.message }, 'The topic was deleted')
    },
  })
  return { log, guard, watch, identityWatch }
}
