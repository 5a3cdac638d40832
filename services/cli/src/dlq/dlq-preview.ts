import { formatPosition } from '@headwater/kafka'
import { createDecoder } from '@headwater/schemas'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { printable } from '../terminal/printable.ts'
import { createStyle } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import type { DeadLetter } from './letters/dead-letter.ts'
import type { DeadLetterTopic } from './letters/dead-letter-topic.ts'
import type { LetterReading } from './letters/letter-reading.ts'
import { readLetter } from './letters/read-letter.ts'

type Preview = { readonly position: string; readonly problem: LetterReading['problem'] }

/** Shows which dead letters would be accepted now, and sends nothing. */
export async function previewRetries(
  context: Context,
  letters: readonly DeadLetter[],
  { eventsTopic, registry }: DeadLetterTopic,
  json: boolean,
): Promise<number> {
  const decoder = createDecoder()
  const previews: Preview[] = []
  for (const letter of letters) {
    const { problem } = await readLetter(letter, { eventsTopic, decoder, registry })
    previews.push({ position: formatPosition(letter.position), problem })
  }
  const foldable = previews.filter(({ problem }) => problem === undefined).length
  if (json) {
    const items = previews.map(({ position, problem }) => ({ position, foldable: !problem, problem: problem ?? null }))
    context.print(JSON.stringify({ total: previews.length, foldable, items }))
    return exitCodes.ok
  }
  if (previews.length > 0) printPreviews(context, previews)
  context.note(`Nothing was sent. ${foldable} of ${previews.length} would be accepted`)
  return exitCodes.ok
}

function printPreviews(context: Context, previews: readonly Preview[]): void {
  const style = createStyle(context.colour)
  const rows = previews.map(({ position, problem }) =>
    problem === undefined
      ? [position, 'would be accepted', '']
      : [position, 'would be refused', printable(`${problem.code}: ${problem.reason}`)],
  )
  const paint = (text: string, row: number) => (previews[row]?.problem ? style.red(text) : style.green(text))
  const columns = [{ title: 'Position' }, { title: 'Now', paint }, { title: 'Reason', flexible: true }]
  for (const line of formatTable(columns, rows, context.width)) context.print(line)
}
