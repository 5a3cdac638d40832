import { formatAge } from '../terminal/age.ts'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import type { DeadLetter } from './letters/dead-letter.ts'

export type DeadLetterTable = {
  readonly letters: readonly DeadLetter[]
  /** Its name for commands. */
  readonly nameOf: (letter: DeadLetter) => string
  readonly style: Style
  readonly width: number | undefined
  readonly now: number
}

/** Dead letters as a table, each with its state. */
export function deadLetterTable({ letters, nameOf, style, width, now }: DeadLetterTable): readonly string[] {
  const rows = letters.map((letter) => [
    printable(nameOf(letter)),
    formatAge(new Date(letter.refusedAt).toISOString(), now),
    printable(letter.code),
    resolutionText(letter),
    printable(letter.reason),
  ])
  const columns = [
    { title: 'Position' },
    { title: 'Refused', paint: style.dim },
    { title: 'Code', paint: style.yellow },
    { title: 'State', paint: (text: string) => (text === 'open' ? text : style.dim(text)) },
    { title: 'Reason', flexible: true },
  ]
  return formatTable(columns, rows, width)
}

function resolutionText({ resolution, retryOf }: DeadLetter): string {
  return resolution?.kind ?? (retryOf === undefined ? 'open' : 'refused again')
}
