import { formatPosition } from '@headwater/kafka'
import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { type Choice, chooseLetters } from './letters/choose-letters.ts'
import { findDeadLetterTopic } from './letters/dead-letter-topic.ts'
import { readDeadLetters } from './letters/read-dead-letters.ts'
import { decisionOf } from './resolving/decision.ts'
import { dropLetters } from './resolving/drop-letters.ts'

export type DlqDropOptions = Choice & { readonly note?: string; readonly json: boolean }

/** Resolves dead letters as dropped. Nothing is deleted: a dropped one can still be retried. */
export async function dlqDrop(
  context: Context,
  config: CliConfig,
  positions: readonly string[],
  options: DlqDropOptions,
): Promise<number> {
  const { kafka, topic } = await findDeadLetterTopic(config)
  const chosen = chooseLetters(await readDeadLetters(kafka, topic), positions, options)
  const open = chosen.filter(({ resolution }) => resolution === undefined)
  if (open.length > 0) await dropLetters(kafka, topic, open, decisionOf(context, options.note))
  const dropped = open.map(({ position }) => formatPosition(position))
  if (options.json) {
    context.print(JSON.stringify({ dropped: dropped.length, positions: dropped }))
    return exitCodes.ok
  }
  for (const { position, resolution } of chosen) {
    if (resolution !== undefined) context.note(`${formatPosition(position)} was already ${resolution.kind}`)
  }
  context.print(
    dropped.length === 0
      ? 'Nothing to drop'
      : `Dropped ${dropped.length} dead ${dropped.length === 1 ? 'letter' : 'letters'}`,
  )
  if (dropped.length > 0) context.note('To retry one anyway: headwater dlq retry <position>')
  return exitCodes.ok
}
