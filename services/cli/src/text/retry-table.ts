import { formatPosition } from '../dlq/position.ts'
import type { Outcome } from '../dlq/retry-outcomes.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { formatTable } from './table.ts'

/** What became of retries, as a table. */
export function retryTable(outcomes: readonly Outcome[], style: Style, width: number | undefined): readonly string[] {
  const rows = outcomes.map(({ letter, retriedAs, kind, refusal }) => [
    formatPosition(letter.position),
    formatPosition(retriedAs),
    words[kind],
    refusal === undefined ? '' : printable(`${refusal.code}: ${refusal.reason}`),
  ])
  const paint = (text: string, row: number) => {
    const kind = outcomes[row]?.kind
    return kind === 'folded' || kind === 'taken'
      ? style.green(text)
      : kind === 'refused'
        ? style.red(text)
        : style.yellow(text)
  }
  const columns = [
    { title: 'Position' },
    { title: 'Sent again as' },
    { title: 'Outcome', paint },
    { title: 'Reason', flexible: true },
  ]
  return formatTable(columns, rows, width)
}

const words: Readonly<Record<Outcome['kind'], string>> = {
  folded: 'folded',
  taken: 'taken',
  refused: 'refused again',
  pending: 'not known yet',
}
