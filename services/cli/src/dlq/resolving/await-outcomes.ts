import { createApiClient } from '../../api/api-client.ts'
import type { CliConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { findApi } from '../../stack/find-addresses.ts'
import type { DeadLetterTopic } from '../letters/dead-letter-topic.ts'
import { readDeadLetters } from '../letters/read-dead-letters.ts'
import { lastPositions, type Outcome, retryOutcomes, waitParameter } from './retry-outcomes.ts'
import type { Retry } from './send-retries.ts'
import { untilConsumed } from './until-consumed.ts'
import { untilFolded, type WaitResult } from './until-folded.ts'

export type WaitOptions = { readonly timeoutMs: number; readonly api: string | undefined }

/** Waits for the outcomes of retries: until those of the log are folded, and until the gateway has consumed those of its topic. */
export async function awaitOutcomes(
  context: Context,
  config: CliConfig,
  retries: readonly Retry[],
  { kafka, topic, eventsTopic }: DeadLetterTopic,
  { timeoutMs, api }: WaitOptions,
): Promise<readonly Outcome[]> {
  const isOfLog = ({ retriedAs }: Retry) => retriedAs.topic === eventsTopic
  const ofLog = retries.filter(isOfLog)
  const ofGateway = retries.filter((retry) => !isOfLog(retry))
  const wait = timeoutMs > 0
  const [folded, consumed] = await Promise.all([
    wait && ofLog.length > 0 ? waitForLog() : undefined,
    wait && ofGateway.length > 0
      ? untilConsumed(kafka, config.GATEWAY_GROUP, lastPositions(ofGateway), timeoutMs)
      : undefined,
  ])
  for (const result of [folded, consumed]) if (result?.kind === 'unknown') context.note(result.reason)
  if (consumed?.kind === 'late') {
    context.note(
      `The consumer group ${config.GATEWAY_GROUP} has not reached them: is a gateway running, and is GATEWAY_GROUP its group?`,
    )
  }
  const after = folded === undefined && consumed === undefined ? [] : await readDeadLetters(kafka, topic)
  return [
    ...retryOutcomes(ofLog, after, folded?.kind === 'reached' ? 'folded' : 'pending'),
    ...retryOutcomes(ofGateway, after, consumed?.kind === 'reached' ? 'taken' : 'pending'),
  ]

  async function waitForLog(): Promise<WaitResult> {
    const client = createApiClient(await findApi(config, api))
    return untilFolded(client, waitParameter(ofLog), timeoutMs)
  }
}
