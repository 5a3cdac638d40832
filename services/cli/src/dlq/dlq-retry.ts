import { formatPosition } from '@headwater/kafka'
import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createStyle } from '../terminal/style.ts'
import { previewRetries } from './dlq-preview.ts'
import { type Choice, chooseLetters, openLetters } from './letters/choose-letters.ts'
import { codeCounts } from './letters/code-counts.ts'
import { type DeadLetter, isSendable, isWholeBatch } from './letters/dead-letter.ts'
import { findDeadLetterTopic } from './letters/dead-letter-topic.ts'
import { readDeadLetters } from './letters/read-dead-letters.ts'
import { awaitOutcomes } from './resolving/await-outcomes.ts'
import { decisionOf } from './resolving/decision.ts'
import { retryLetters } from './resolving/retry-letters.ts'
import { type Outcome, waitParameter } from './resolving/retry-outcomes.ts'
import { retryTable } from './retry-table.ts'

export type DlqRetryOptions = Choice & {
  readonly dryRun: boolean
  readonly note?: string
  readonly timeout: number
  readonly api?: string
  readonly json: boolean
}

const rowsShown = 50

/** Sends dead letters to the log again and shows the outcomes; fails unless all are folded, or accepted by the gateway. */
export async function dlqRetry(
  context: Context,
  config: CliConfig,
  positions: readonly string[],
  options: DlqRetryOptions,
): Promise<number> {
  const found = await findDeadLetterTopic(config)
  const letters = await readDeadLetters(found.kafka, found.topic)
  const chosen = chooseLetters(letters, positions, options)
  if (options.dryRun) return previewRetries(context, chosen, found, options.json)
  if (chosen.length === 0) return nothingToRetry(context, letters, options)
  const sendable = chosen.filter(isSendable)
  const left = chosen.length - sendable.length
  const batches = chosen.filter(isWholeBatch).length
  if (left > batches)
    context.note(
      `${left - batches} not sent: too large for the dead-letter topic. A rebuild reads their bytes from the log`,
    )
  if (batches > 0)
    context.note(
      `${batches} not sent: whole batches of records. Send their events again, or rebuild once they can be read`,
    )
  const retries = await retryLetters(found.kafka, found.topic, sendable, decisionOf(context, options.note))
  const waiting = { timeoutMs: options.timeout * 1_000, api: options.api }
  const outcomes = await awaitOutcomes(context, config, retries, found, waiting)
  const position = waitParameter(retries.filter(({ retriedAs }) => retriedAs.topic === found.eventsTopic))
  if (options.json) context.print(JSON.stringify(outcomesJson(outcomes, position)))
  else printOutcomes(context, outcomes, position)
  if (options.timeout === 0) return exitCodes.ok
  return left === 0 && outcomes.every(({ kind }) => kind === 'folded' || kind === 'taken')
    ? exitCodes.ok
    : exitCodes.failing
}

function nothingToRetry(context: Context, letters: readonly DeadLetter[], { code, json }: DlqRetryOptions): number {
  const open = openLetters(letters)
  if (json) context.print(JSON.stringify(outcomesJson([], '')))
  else if (open.length === 0) context.note('No open dead letters')
  else context.note(`No open dead letters have the code ${code}; open by code: ${codeCounts(open)}`)
  return exitCodes.ok
}

function printOutcomes(context: Context, outcomes: readonly Outcome[], position: string): void {
  const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length
  const [refused, pending] = [count('refused'), count('pending')]
  const shown = outcomes.toSorted((a, b) => rank[a.kind] - rank[b.kind]).slice(0, rowsShown)
  if (shown.length > 0)
    for (const line of retryTable(shown, createStyle(context.colour), context.width)) context.print(line)
  if (outcomes.length > shown.length) context.print(`and ${outcomes.length - shown.length} more`)
  context.note(`Sent ${outcomes.length} again: ${countsText(count)}`)
  if (pending > 0 && position !== '') context.note(`To wait for them: headwater assets --limit 1 --wait ${position}`)
  if (refused > 0) context.note('To see why: headwater dlq show <position in the second column>')
}

/** Mentions the gateway only if records of the OpenLineage topic were retried. */
function countsText(count: (kind: Outcome['kind']) => number): string {
  const taken = count('taken')
  const accepted = taken === 0 || count('folded') > 0 ? `${count('folded')} folded, ` : ''
  return `${accepted}${taken === 0 ? '' : `${taken} accepted by the gateway, `}${count('refused')} refused again, ${count('pending')} pending`
}

const rank: Readonly<Record<Outcome['kind'], number>> = { refused: 0, pending: 1, taken: 2, folded: 3 }

const outcomesJson = (outcomes: readonly Outcome[], position: string) => ({
  retried: outcomes.length,
  position,
  items: outcomes.map(({ letter, retriedAs, kind, refusal }) => ({
    position: formatPosition(letter.position),
    retriedAs: formatPosition(retriedAs),
    outcome: kind,
    code: refusal?.code ?? null,
    reason: refusal?.reason ?? null,
  })),
})
