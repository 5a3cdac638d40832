import { migrate } from '@headwater/clickhouse'
import { whileKafkaIsAway } from '@headwater/kafka'
import { ProjectorError } from '../errors.ts'
import { whileClickHouseIsAway } from '../tables/clickhouse-errors.ts'
import { readPositions } from '../tables/clickhouse-positions.ts'
import { readLogWatermarks, requireWholeLog } from './log-watermarks.ts'
import { databaseExists, RebuiltDatabase } from './rebuilt-database.ts'
import { ReplayClaim } from './replay-claim.ts'
import type { ReplayContext } from './replay-context.ts'
import type { ReplayOptions } from './replay-options.ts'
import { planReplay, type Step } from './replay-plan.ts'
import type { ReplayOutcome } from './replay-report.ts'
import { ReplayRun } from './replay-run.ts'

/**
 * Builds the tables anew from the log beside those that are read, compares them, and has them change places.
 * @returns false when it was stopped
 * @throws ProjectorError
 */
export async function replay(parts: ReplayContext, options: ReplayOptions): Promise<boolean> {
  const { client, database, topic, report } = parts
  const rebuilt = new RebuiltDatabase(client, database)
  const claim = new ReplayClaim(client, database)
  const { last, isBegun, live } = await whileClickHouseIsAway(async () => {
    if (!(await databaseExists(client, database))) throw nothingFolded(database, topic)
    await migrate(client, database)
    return {
      last: await claim.last(),
      isBegun: await rebuilt.exists(),
      live: await readPositions(client, database, topic),
    }
  })
  const step = planReplay({ generation: live.generation, isBegun, last }, options)
  if (step.kind === 'build') {
    if (live.offsets.size === 0) throw nothingFolded(database, topic)
    if (live.otherTopics.length > 0 && !options.acceptDifferences) throw otherTopics(database, live.otherTopics)
    const extent = await whileKafkaIsAway(() => readLogWatermarks(parts.admin, topic))
    requireWholeLog(topic, extent, live.offsets, options.acceptDifferences)
    return new ReplayRun(parts, options, { rebuilt, claim, extent, ...step }).run()
  }
  const outcome = await whileClickHouseIsAway(() => clear(step, rebuilt, claim))
  const none = { events: 0, seconds: 0, eventsPerSecond: 0, deadLetters: 0, pausedSeconds: 0 }
  report({
    kind: 'finished',
    outcome,
    generation: step.kind === 'nothing' ? live.generation : step.generation,
    ...none,
  })
  return true
}

async function clear(step: Step, rebuilt: RebuiltDatabase, claim: ReplayClaim): Promise<ReplayOutcome> {
  switch (step.kind) {
    case 'tidy':
      await claim.enter('swapped', step.generation)
      await rebuilt.drop()
      await claim.enter('finished')
      return 'tidied'
    case 'cancel':
      await rebuilt.drop()
      await claim.enter('cancelled', step.generation)
      return 'cancelled'
    default:
      return 'nothing-to-cancel'
  }
}

const nothingFolded = (database: string, topic: string) =>
  new ProjectorError(
    'NOTHING_FOLDED',
    `Database ${database} holds nothing of ${topic}: there is nothing to rebuild. A projector fills empty tables from the log by itself; check CLICKHOUSE_DATABASE and PROJECTOR_TOPIC`,
    { retryable: false },
  )

const otherTopics = (database: string, topics: readonly string[]) =>
  new ProjectorError(
    'OTHER_TOPICS',
    `Database ${database} also holds events of ${topics.join(', ')}, which this log does not have. --accept-differences rebuilds without them`,
    { retryable: false },
  )
