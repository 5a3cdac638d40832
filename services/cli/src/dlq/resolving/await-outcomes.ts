import { createApiClient } from '../../api/api-client.ts'
import { findApi } from '../../api/find-api.ts'
import type { CliConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import type { DeadLetterTopic } from '../letters/dead-letter-topic.ts'
import { readDeadLetters } from '../letters/read-dead-letters.ts'
import { lastPositions, type Outcome, retryOutcomes } from './retry-outcomes.ts'
import type { Retry } from './send-retries.ts'
import { untilFolded } from './until-folded.ts'
import { untilTaken } from './until-taken.ts'
import type { Waited } from './wait.ts'
import { waitArgument } from './wait-argument.ts'

export type Waiting = { readonly timeoutMs: number; readonly api: string | undefined }

/** Waits for what becomes of retries: those of the log until they are folded, others until the gateway has taken them. */
export async function awaitOutcomes(
  context: Context,
  config: CliConfig,
  retries: readonly Retry[],
  { kafka, topic, eventsTopic }: DeadLetterTopic,
  { timeoutMs, api }: Waiting,
): Promise<readonly Outcome[]> {
  const isOfLog = ({ retriedAs }: Retry) => retriedAs.topic === eventsTopic
  const ofLog = retries.filter(isOfLog)
  const others = retries.filter((retry) => !isOfLog(retry))
  const wait = timeoutMs > 0
  const [folded, taken] = await Promise.all([
    wait && ofLog.length > 0 ? foldedWaited() : undefined,
    wait && others.length > 0 ? untilTaken(kafka, config.GATEWAY_GROUP, lastPositions(others), timeoutMs) : undefined,
  ])
  for (const waited of [folded, taken]) if (waited?.kind === 'unknown') context.note(waited.why)
  if (taken?.kind === 'late') {
    context.note(
      `The consumer group ${config.GATEWAY_GROUP} has not come to them: is a gateway up, and GATEWAY_GROUP its group?`,
    )
  }
  const after = folded === undefined && taken === undefined ? [] : await readDeadLetters(kafka, topic)
  return [
    ...retryOutcomes(ofLog, after, folded?.kind === 'reached' ? 'folded' : 'pending'),
    ...retryOutcomes(others, after, taken?.kind === 'reached' ? 'taken' : 'pending'),
  ]

  async function foldedWaited(): Promise<Waited> {
    const client = createApiClient(await findApi(config, api))
    return untilFolded(client, waitArgument(ofLog), timeoutMs)
  }
}
