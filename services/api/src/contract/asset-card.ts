import { type Static, Type } from 'typebox'
import { AliasMember } from './alias-group.ts'
import { answer } from './answer.ts'
import { owners, ownersFrom } from './asset-page.ts'
import { Health } from './health.ts'
import { jsonObject, RunOutcome, RunReference, runCounts } from './run-outcome.ts'
import { component, count, day, oneOf, orNull, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

const checkStatuses = ['UNKNOWN', 'PASS', 'WARN', 'FAIL', 'ERROR', 'SKIPPED'] as const

export const Check = component(
  'Check',
  Type.Object({
    name: text('Name of the check'),
    column: textOrNull('Column that is checked; null for the whole asset'),
    severity: oneOf(['ERROR', 'WARN'], 'Severity of a failure'),
    status: oneOf(checkStatuses, 'Result; ERROR: the check could not run'),
    expected: textOrNull('Expected value'),
    actual: textOrNull('Actual value'),
    message: textOrNull('Message for people'),
    occurredAt: time('When the check ran'),
    run: orNull(ref(RunReference)),
  }),
)
export type Check = Static<typeof Check>

export const Metric = component(
  'Metric',
  Type.Object({
    name: text('Name of the metric'),
    value: Type.Number(),
    occurredAt: time('When it was measured'),
    run: orNull(ref(RunReference)),
    jobNamespace: text('Same as in run; empty where run is null'),
    jobName: text('Same as in run; empty where run is null'),
    runId: text('Same as in run; empty where run is null'),
  }),
)
export type Metric = Static<typeof Metric>

export const Column = component(
  'Column',
  Type.Object({
    name: text('Column name; nested fields are separated by dots'),
    type: textOrNull('Type name of the platform'),
    description: textOrNull('Description of the column'),
  }),
)
export type Column = Static<typeof Column>

export const AssetCard = answer('AssetCard', {
  key: text('Asset key'),
  platform: text('Scheme of the key'),
  name: textOrNull('Display name'),
  description: textOrNull('Description, in Markdown'),
  url: textOrNull('Page that shows the asset in its own system'),
  owners,
  ownersFrom,
  tags: Type.Array(Type.String()),
  aliases: Type.Array(Type.String(), { description: 'All other keys of the asset' }),
  aliasSources: Type.Array(ref(AliasMember), { description: 'These keys, each with the source of the alias' }),
  renamedTo: textOrNull('Key that the asset was renamed to'),
  columns: Type.Array(ref(Column), { description: 'Latest reported schema; empty when none was reported' }),
  firstSeen: time('Time of the first event that names the asset'),
  lastSeen: day('Day (UTC) of the last event that names the asset'),
  lastMaterialization: orNull(ref(RunOutcome)),
  lastSuccess: orNull(ref(RunOutcome)),
  lastFailure: orNull(ref(RunOutcome)),
  materializations: runCounts('Number of runs that wrote the asset, by state'),
  health: ref(Health),
  checks: Type.Array(ref(Check), { description: 'Latest result of each check' }),
  metrics: Type.Array(ref(Metric), {
    description: 'Latest value of each metric; run is null where it was reported outside runs',
  }),
  metadata: jsonObject('Metadata reported outside runs, by name; values are JSON'),
  degree: Type.Object({
    upstream: count('Number of current direct upstreams'),
    downstream: count('Number of current direct downstreams'),
  }),
  dropped: Type.Boolean({ description: 'Dropped, and not written by a successful run since' }),
  droppedAt: timeOrNull('When the asset was last dropped'),
})
export type AssetCard = Static<typeof AssetCard>
