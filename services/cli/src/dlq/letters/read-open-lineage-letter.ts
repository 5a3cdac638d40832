import { eventProblem, maxJsonDepth, textWithoutSecrets, tooDeepAt, withoutSecrets } from '@headwater/lineage'
import { headwaterEventsOf, readOpenLineageEvent } from '@headwater/openlineage'
import type { LetterReading } from './letter-reading.ts'

/** Reads a record of OpenLineage JSON as the gateway of this version would, except for the size limits of the resulting events. */
export function readOpenLineageLetter(value: Buffer): LetterReading {
  const text = utf8In(value)
  if (text === undefined) return unread('INVALID_TEXT', 'The record is not UTF-8')
  const deepAt = tooDeepAt(value, maxJsonDepth)
  if (deepAt >= 0) return unread('JSON_TOO_DEEP', `The JSON is nested deeper than ${maxJsonDepth} at byte ${deepAt}`)
  try {
    const event: unknown = JSON.parse(text)
    return { event: withoutSecrets(event), problem: problemOf(event) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return unread('INVALID_JSON', textWithoutSecrets(error.message))
  }
}

const unread = (code: string, reason: string): LetterReading => ({ event: undefined, problem: { code, reason } })

/** The text without a byte order mark; undefined when the bytes are not UTF-8. */
function utf8In(value: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value)
  } catch {
    return undefined
  }
}

function problemOf(value: unknown): LetterReading['problem'] {
  const read = readOpenLineageEvent(value)
  const reason =
    'problems' in read
      ? read.problems.map(({ pointer, detail }) => `${pointer || 'The event'}: ${detail}`).join('; ')
      : headwaterEventsOf(read.event)
          .map(eventProblem)
          .find((problem) => problem !== undefined)
  return reason === undefined ? undefined : { code: 'INVALID_EVENT', reason: textWithoutSecrets(reason) }
}
