import type { JobCard } from '@headwater/api/contract'
import type { CardOptions } from '../assets/asset-card-text.ts'
import { jobText } from '../lineage/edge-evidence.ts'
import { jsonPreview } from '../terminal/json-preview.ts'
import { printable } from '../terminal/printable.ts'
import { section } from '../terminal/section.ts'
import { runCounts } from './run-counts.ts'
import { runLine } from './run-text.ts'

/** Everything about one job, as lines; what is not known is left out. */
export function jobCardText(card: JobCard, { style, width, when }: CardOptions): readonly string[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Type', card.jobType],
    ['Description', card.description],
    ['Owners', card.owners.join(', ')],
    ['Tags', card.tags.join(', ')],
    ['Runs', runCounts(card.runs)],
    ...card.lastRuns.map((run, index): [string, string] => [index === 0 ? 'Last' : '', runLine(run, when)]),
  ]
  const more = card.outputCount - card.outputs.length
  return [
    style.bold(jobText(card)),
    '',
    ...facts.flatMap(([name, value]) =>
      value === null || value === '' ? [] : [`  ${style.dim(name.padEnd(14))}${printable(value)}`],
    ),
    ...section(
      'Writes',
      [...card.outputs, ...(more > 0 ? [`and ${more.toLocaleString('en-US')} more`] : [])].map((key) => [key]),
      width,
    ),
    ...section(
      'Reads, as of its latest success',
      card.inputs.map((key) => [key]),
      width,
    ),
    ...section(
      'Declares',
      card.declared.map(({ output, inputs }) => [output, `from ${inputs.join(', ') || 'nothing'}`]),
      width,
    ),
    ...section(
      'Metadata',
      Object.entries(card.metadata).map(([name, value]) => [name, jsonPreview(value)]),
      width,
    ),
  ]
}
