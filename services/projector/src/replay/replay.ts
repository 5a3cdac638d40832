import { joinGaps, type LogGap, logGapsSql, migrate, type ReplayOutcome, readRows } from '@headwater/clickhouse'
import { translateKafkaErrors } from '@headwater/kafka'
import { ProjectorError } from '../errors.ts'
import { isOtherId, replacedTopic } from '../identity/log-difference.ts'
import { earlierLogs, type FoldedPositions, readPositions } from '../tables/clickhouse-positions.ts'
import { translateClickHouseErrors } from '../tables/translate-clickhouse-errors.ts'
import { type LogWatermarks, readLogWatermarks, requireWholeLog } from './log-watermarks.ts'
import { databaseExists, gapsTable, RebuiltDatabase } from './rebuilt-database.ts'
import { ReplayClaim } from './replay-claim.ts'
import type { ReplayContext, ReplayOptions } from './replay-context.ts'
import { planReplay, type ReplayPlan } from './replay-plan.ts'
import { ReplayRun } from './replay-run.ts'

/**
 * Rebuilds the tables from the log beside the live ones, compares them, and swaps them.
 * @returns false when the signal stopped it
 * @throws ProjectorError
 */
export async function replay(context: ReplayContext, options: ReplayOptions): Promise<boolean> {
  const { client, database, topic, report } = context
  const rebuilt = new RebuiltDatabase(client, database)
  const claim = new ReplayClaim(client, database)
  const { last, isBegun, live } = await translateClickHouseErrors(async () => {
    if (!(await databaseExists(client, database))) throw nothingFolded(database, topic)
    await migrate(client, database)
    return {
      last: await claim.last(),
      isBegun: await rebuilt.exists(),
      live: await readPositions(client, database, topic),
    }
  })
  const plan = planReplay({ generation: live.generation, isBegun, last }, options)
  if (plan.kind === 'build') {
    if (live.offsets.size === 0) throw nothingFolded(database, topic)
    if (live.otherTopics.length > 0 && !options.acceptDifferences) throw otherTopics(database, live.otherTopics)
    const watermarks = await translateKafkaErrors(() => readLogWatermarks(context.admin, topic))
    await requireSameLog(context, live, options.acceptDifferences)
    const neverFolded = await translateClickHouseErrors(() => beginningsOf(context, live.logId))
    requireWholeLog(topic, watermarks, live.offsets, neverFolded, options.acceptDifferences)
    reportMissing(context, watermarks)
    return new ReplayRun(context, options, { rebuilt, claim, watermarks, ...plan }).run()
  }
  const outcome = await translateClickHouseErrors(() => clean(plan, rebuilt, claim))
  const none = { events: 0, seconds: 0, foldingSeconds: 0, eventsPerSecond: 0, deadLetters: 0, pausedSeconds: 0 }
  report({
    kind: 'finished',
    outcome,
    generation: plan.kind === 'nothing' ? live.generation : plan.generation,
    ...none,
  })
  return true
}

/** @throws ProjectorError LOG_REPLACED when the tables hold what the log does not */
async function requireSameLog(
  context: ReplayContext,
  live: FoldedPositions,
  acceptDifferences: boolean,
): Promise<void> {
  const { client, database, topic } = context
  const found = await context.logId()
  if (isOtherId(live.logId, found)) throw replacedTopic(topic, live.logId, found)
  const earlier = await translateClickHouseErrors(() => earlierLogs(client, database, topic, live.logId))
  if (earlier.length === 0 || acceptDifferences) return
  throw new ProjectorError(
    'LOG_REPLACED',
    `Database ${database} also holds what was folded from earlier logs of ${topic}, with the topic ids ${earlier.join(', ')}. To rebuild without it, add --accept-differences`,
    { retryable: false },
  )
}

/** By partition, the first offset after the gap at the beginning of the log that the live tables have. */
async function beginningsOf({ client, database, topic }: ReplayContext, logId: string) {
  const gaps = await readRows<LogGap>(client, { query: logGapsSql(`\`${database}\`.${gapsTable}`) })
  const ofLog = gaps.filter((gap) => gap.topic === topic && gap.logId === logId)
  const atBeginning = joinGaps(ofLog).filter(({ firstOffset }) => firstOffset === 0)
  return new Map(atBeginning.map(({ partition, lastOffset }) => [partition, lastOffset + 1]))
}

function reportMissing({ report, topic }: ReplayContext, watermarks: LogWatermarks): void {
  const gaps = [...watermarks]
    .filter(([, { low }]) => low > 0)
    .map(([partition, { low }]) => ({ topic, partition, firstOffset: 0, lastOffset: low - 1 }))
  if (gaps.length > 0) report({ kind: 'incomplete', gaps })
}

async function clean(plan: ReplayPlan, rebuilt: RebuiltDatabase, claim: ReplayClaim): Promise<ReplayOutcome> {
  switch (plan.kind) {
    case 'tidy':
      await claim.enter('swapped', plan.generation)
      await rebuilt.drop()
      await claim.enter('finished')
      return 'tidied'
    case 'cancel':
      await rebuilt.drop()
      await claim.enter('cancelled', plan.generation)
      return 'cancelled'
    default:
      return 'nothing-to-cancel'
  }
}

const nothingFolded = (database: string, topic: string) =>
  new ProjectorError(
    'NOTHING_FOLDED',
    `Nothing to rebuild: database ${database} holds no events of topic ${topic}. A projector fills empty tables from the log by itself. Check CLICKHOUSE_DATABASE and PROJECTOR_TOPIC`,
    { retryable: false },
  )

const otherTopics = (database: string, topics: readonly string[]) =>
  new ProjectorError(
    'OTHER_TOPICS',
    `Database ${database} also holds events of other topics: ${topics.join(', ')}. To rebuild without them, add --accept-differences`,
    { retryable: false },
  )
