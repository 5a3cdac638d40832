import { formatPosition } from '@headwater/kafka'
import { createDecoder } from '@headwater/schemas'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createStyle } from '../terminal/style.ts'
import { deadLetterText } from './dead-letter-text.ts'
import { letterAt } from './letters/choose-letters.ts'
import type { DeadLetter } from './letters/dead-letter.ts'
import { type DeadLetterTopic, findDeadLetterTopic } from './letters/dead-letter-topic.ts'
import { letterJson } from './letters/letter-json.ts'
import { parseLetterNames } from './letters/letter-name.ts'
import type { LetterReading } from './letters/letter-reading.ts'
import { readDeadLetters } from './letters/read-dead-letters.ts'
import { readLetter } from './letters/read-letter.ts'

export type DlqShowOptions = { readonly json: boolean; readonly raw: boolean }

/** Shows everything about one dead letter, and whether it could be folded now. */
export async function dlqShow(
  context: Context,
  config: CliConfig,
  position: string,
  { json, raw }: DlqShowOptions,
): Promise<number> {
  const [wanted, ...rest] = parseLetterNames([position])
  if (wanted === undefined || rest.length > 0) throw new CliError('INVALID_INPUT', 'Expected one position')
  const found = await findDeadLetterTopic(config)
  const letter = letterAt(await readDeadLetters(found.kafka, found.topic), wanted)
  if (raw) {
    context.write(bytesOf(letter))
    return exitCodes.ok
  }
  const reading = await readingOf(context, letter, found)
  if (json)
    context.print(
      JSON.stringify({ ...letterJson(letter), value: letter.value?.toString('base64') ?? null, now: nowJson(reading) }),
    )
  else for (const line of deadLetterText(letter, reading, createStyle(context.colour))) context.print(line)
  return exitCodes.ok
}

function bytesOf({ position, value, size }: DeadLetter): Buffer {
  if (value !== undefined) return value
  const what = `The ${size} bytes of ${formatPosition(position)}`
  throw new CliError('REFUSED', `${what} were too large for the dead-letter topic; they are in the log`)
}

/** Undefined without a registry, so that the rest can still be shown. */
async function readingOf(
  context: Context,
  letter: DeadLetter,
  { eventsTopic, registry }: DeadLetterTopic,
): Promise<LetterReading | undefined> {
  try {
    return await readLetter(letter, { eventsTopic, decoder: createDecoder(), registry })
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    context.note(`Cannot check whether it could be folded now: ${error.message}`)
    return undefined
  }
}

const nowJson = (reading: LetterReading | undefined) =>
  reading === undefined
    ? null
    : {
        foldable: reading.problem === undefined,
        problem: reading.problem ?? null,
        event: reading.event ?? null,
      }
