import type { AssetCard } from '@headwater/api/contract'
import { runCounts, runLine } from '../jobs/run-text.ts'
import { type Fact, factLines } from '../terminal/facts.ts'
import { jsonPreview } from '../terminal/json-preview.ts'
import { printable } from '../terminal/printable.ts'
import { section } from '../terminal/section.ts'
import type { Style } from '../terminal/style.ts'
import type { When } from '../terminal/when.ts'
import { healthSign } from './health-sign.ts'

export type CardOptions = { readonly style: Style; readonly width: number | undefined; readonly when: When }

/** Everything about one asset, as lines; missing values are left out. */
export function assetCardText(card: AssetCard, { style, width, when }: CardOptions): readonly string[] {
  const lastState = card.lastMaterialization?.state ?? null
  const sign = healthSign({ health: card.health.status, lastState, dropped: card.dropped }, style)
  const facts: readonly Fact[] = [
    ['Name', card.name],
    ['Description', card.description],
    ['URL', card.url],
    ['Owners', card.owners.join(', ') + (card.ownersFrom === 'job' ? ' (from the job that writes it)' : '')],
    ['Tags', card.tags.join(', ')],
    ['Aliases', card.aliases.join(', ')],
    ['Renamed to', card.renamedTo],
    ['Dropped', card.dropped ? when(card.droppedAt) : null],
    ['Lineage', `${card.degree.upstream} upstream, ${card.degree.downstream} downstream`],
    ['Last run', card.lastMaterialization && runLine(card.lastMaterialization, when)],
    ['Last success', card.lastSuccess && when(card.lastSuccess.endedAt)],
    ['Runs', runCounts(card.materializations)],
    ['First seen', when(card.firstSeen)],
  ]
  return [
    `${sign.paint(sign.text)} ${style.bold(printable(card.key))}`,
    ...card.health.reasons.map((reason) => `  ${sign.paint(`${card.health.status}: ${printable(reason.text)}`)}`),
    '',
    ...factLines(facts, style, 14),
    ...section(
      'Columns',
      card.columns.map(({ name, type, description }) => [name, type ?? '', description ?? '']),
      width,
    ),
    ...section(
      'Checks',
      card.checks.map((check) => [check.status, check.name, check.column ?? '', check.message ?? '']),
      width,
    ),
    ...section(
      'Metrics',
      card.metrics.map(({ name, value, occurredAt }) => [name, String(value), when(occurredAt)]),
      width,
    ),
    ...section(
      'Metadata',
      Object.entries(card.metadata).map(([name, value]) => [name, jsonPreview(value)]),
      width,
    ),
  ]
}
