import { formatPosition } from '@headwater/kafka'
import { type Fact, factLines } from '../terminal/facts.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatUtc } from '../terminal/utc.ts'
import { hexdump } from './hexdump.ts'
import type { DeadLetter } from './letters/dead-letter.ts'
import { schemaIdIn } from './letters/letter-json.ts'
import type { LetterReading } from './letters/letter-reading.ts'

const maxBytes = 256
const maxCharacters = 1_000

/** Everything about a dead letter, as lines; `reading` is undefined when the registry does not answer. */
export function deadLetterText(
  letter: DeadLetter,
  reading: LetterReading | undefined,
  style: Style,
): readonly string[] {
  const { resolution } = letter
  const facts: readonly Fact[] = [
    ['Reason', letter.reason],
    ['Recorded', utcOf(letter.recordedAt)],
    ['Refused', utcOf(letter.refusedAt)],
    ['Key', letter.key?.toString()],
    ['Size', `${letter.size} bytes`],
    ['Schema id', letter.value && schemaIdIn(letter.value)?.toString()],
    ['Retry of', letter.retryOf],
    ['State', resolution?.kind ?? 'open'],
    ['Since', resolution && `${utcOf(resolution.at)} by ${resolution.by}`],
    ['Sent as', resolution?.retriedAs],
    ['Note', resolution?.note],
    ['Now', reading === undefined ? undefined : nowText(reading)],
  ]
  return [
    `${style.red(printable(letter.code))} ${style.bold(formatPosition(letter.position))}`,
    ...factLines(facts, style, 10),
    ...bodyText(letter, reading).flatMap((line, index) => (index === 0 ? ['', line] : [line])),
  ]
}

function bodyText({ value, size }: DeadLetter, reading: LetterReading | undefined): readonly string[] {
  if (reading?.event !== undefined) return eventText(reading.event)
  if (value === undefined) return [`Its ${size} bytes were too large for the dead-letter topic; they are in the log`]
  return value.length === 0 ? [] : valueText(value)
}

const utcOf = (time: number): string => formatUtc(new Date(time).toISOString())

const nowText = ({ problem }: LetterReading): string =>
  problem === undefined
    ? 'would be accepted; to retry: headwater dlq retry'
    : `would be refused again, ${problem.code}: ${problem.reason}`

const eventText = (event: unknown): readonly string[] =>
  JSON.stringify(event, null, 2)
    .split('\n')
    .map((line) => `${/^ */.exec(line)?.[0]}${printable(line.trimStart())}`)

/** Text as it is, anything else as a hexdump. */
function valueText(value: Buffer): readonly string[] {
  const text = value.toString()
  const isText = !/[^\P{Cc}\s]|\ufffd/u.test(text)
  if (!isText) return hexdump(value, maxBytes)
  const left = text.length - maxCharacters
  const lines = text.slice(0, maxCharacters).split('\n').map(printable)
  return left > 0 ? [...lines, `and ${left} more characters`] : lines
}
