import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createStyle } from '../terminal/style.ts'
import { deadLetterTable } from './dead-letter-table.ts'
import { openLetters } from './letters/choose-letters.ts'
import { codeCounts } from './letters/code-counts.ts'
import { findDeadLetterTopic } from './letters/dead-letter-topic.ts'
import { letterJson } from './letters/letter-json.ts'
import { letterNames } from './letters/letter-name.ts'
import { readDeadLetters } from './letters/read-dead-letters.ts'

export type DlqListOptions = {
  readonly all: boolean
  readonly code?: string
  readonly limit: number
  readonly json: boolean
}

/** Lists dead letters, latest first: the open ones, or all. */
export async function dlqList(context: Context, config: CliConfig, options: DlqListOptions): Promise<number> {
  const { all, code, limit, json } = options
  const { kafka, topic } = await findDeadLetterTopic(config)
  const letters = await readDeadLetters(kafka, topic)
  const open = openLetters(letters)
  const wanted = (all ? letters : open).filter((letter) => code === undefined || letter.code === code)
  const shown = wanted.slice(0, limit)
  if (json) {
    const counts = { total: wanted.length, more: wanted.length - shown.length, open: open.length, all: letters.length }
    context.print(JSON.stringify({ items: shown.map(letterJson), ...counts }))
    return exitCodes.ok
  }
  if (shown.length > 0) {
    const nameOf = letterNames(letters)
    const table = {
      letters: shown,
      nameOf,
      style: createStyle(context.colour),
      width: context.width,
      now: context.now(),
    }
    for (const line of deadLetterTable(table)) context.print(line)
  }
  const resolved = letters.length - open.length
  if (wanted.length === 0) context.note(noneText(all ? letters.length : open.length, options))
  else if (wanted.length > shown.length) {
    context.note(`The latest ${shown.length} of ${wanted.length}; list more with --limit`)
  } else context.note(`${wanted.length} ${all ? '' : 'open '}dead ${wanted.length === 1 ? 'letter' : 'letters'}`)
  if (open.length > 0 && code === undefined) context.note(`Open by code: ${codeCounts(open)}`)
  if (!all && resolved > 0) context.note(`${resolved} resolved; list them with --all`)
  return exitCodes.ok
}

function noneText(total: number, { all, code }: DlqListOptions): string {
  if (code !== undefined && total > 0) return `No ${all ? '' : 'open '}dead letters have the code ${code}`
  return all ? 'No dead letters: every record was a valid event' : 'No open dead letters'
}
