import type { JobCard } from '@headwater/api/contract'
import type { CardOptions } from '../assets/asset-card-text.ts'
import { jobText } from '../lineage/edge-evidence.ts'
import { type Fact, factLines } from '../terminal/facts.ts'
import { jsonPreview } from '../terminal/json-preview.ts'
import { section } from '../terminal/section.ts'
import { runCounts, runLine } from './run-text.ts'

/** Everything about one job, as lines; missing values are left out. */
export function jobCardText(card: JobCard, { style, width, when }: CardOptions): readonly string[] {
  const facts: readonly Fact[] = [
    ['Type', card.jobType],
    ['Description', card.description],
    ['Owners', card.owners.join(', ')],
    ['Tags', card.tags.join(', ')],
    ['Runs', runCounts(card.runs)],
    ...card.lastRuns.map((run, index): Fact => [index === 0 ? 'Last runs' : '', runLine(run, when)]),
  ]
  const more = card.outputCount - card.outputs.length
  return [
    style.bold(jobText(card)),
    '',
    ...factLines(facts, style, 14),
    ...section(
      'Writes',
      [...card.outputs, ...(more > 0 ? [`and ${more.toLocaleString('en-US')} more`] : [])].map((key) => [key]),
      width,
    ),
    ...section(
      'Reads (latest success)',
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
