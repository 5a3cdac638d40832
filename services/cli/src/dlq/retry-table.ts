import { formatPosition } from '@headwater/kafka'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import type { Outcome } from './resolving/retry-outcomes.ts'

/** The outcomes of retries, as a table. */
export function retryTable(outcomes: readonly Outcome[], style: Style, width: number | undefined): readonly string[] {
  const rows = outcomes.map(({ letter, retriedAs, kind, refusal }) => [
    formatPosition(letter.position),
    formatPosition(retriedAs),
    labels[kind],
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
    { title: 'Sent as' },
    { title: 'Outcome', paint },
    { title: 'Reason', flexible: true },
  ]
  return formatTable(columns, rows, width)
}

const labels: Readonly<Record<Outcome['kind'], string>> = {
  folded: 'folded',
  taken: 'accepted by the gateway',
  refused: 'refused again',
  pending: 'pending',
}
