import { formatPosition } from '../log/position.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { hexdump } from './hexdump.ts'
import type { DeadLetter } from './letters/dead-letter.ts'
import { schemaIdIn } from './letters/letter-json.ts'
import type { LetterReading } from './letters/letter-reading.ts'

const bytesShown = 256
const charactersShown = 1_000

/** Everything about a dead letter, as lines; `reading` is undefined when the registry could not be asked. */
export function deadLetterText(
  letter: DeadLetter,
  reading: LetterReading | undefined,
  style: Style,
): readonly string[] {
  const { resolution } = letter
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Reason', letter.reason],
    ['Recorded', new Date(letter.recordedAt).toISOString()],
    ['Refused', new Date(letter.refusedAt).toISOString()],
    ['Key', letter.key?.toString()],
    ['Size', `${letter.size} bytes`],
    ['Schema id', letter.value && schemaIdIn(letter.value)?.toString()],
    ['Retry of', letter.retryOf],
    ['State', resolution?.kind ?? 'open'],
    ['Since', resolution && `${new Date(resolution.at).toISOString()} by ${resolution.by}`],
    ['Sent as', resolution?.retriedAs],
    ['Note', resolution?.note],
    ['Now', reading === undefined ? undefined : nowText(reading)],
  ]
  return [
    `${style.red(printable(letter.code))} ${style.bold(formatPosition(letter.position))}`,
    ...facts.flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [`  ${style.dim(name.padEnd(10))}${printable(value)}`],
    ),
    ...bodyText(letter, reading).flatMap((line, index) => (index === 0 ? ['', line] : [line])),
  ]
}

function bodyText({ value, size }: DeadLetter, reading: LetterReading | undefined): readonly string[] {
  if (reading?.event !== undefined) return eventText(reading.event)
  if (value === undefined) return [`Its ${size} bytes had no room in the dead-letter topic; they are in the log`]
  return value.length === 0 ? [] : valueText(value)
}

const nowText = ({ problem }: LetterReading): string =>
  problem === undefined
    ? 'an event that would be taken: headwater dlq retry'
    : `would be refused again, ${problem.code}: ${problem.reason}`

const eventText = (event: unknown): readonly string[] =>
  JSON.stringify(event, null, 2)
    .split('\n')
    .map((line) => `${/^ */.exec(line)?.[0]}${printable(line.trimStart())}`)

/** Text as text, anything else as bytes. */
function valueText(value: Buffer): readonly string[] {
  const text = value.toString()
  const isText = !/[^\P{Cc}\s]|\ufffd/u.test(text)
  if (!isText) return hexdump(value, bytesShown)
  const left = text.length - charactersShown
  const lines = text.slice(0, charactersShown).split('\n').map(printable)
  return left > 0 ? [...lines, `and ${left} characters more`] : lines
}
