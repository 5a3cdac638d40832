import { type Static, Type } from 'typebox'
import { AliasMember } from './alias-group.ts'
import { answer } from './answer.ts'
import { Health } from './health.ts'
import { owners, ownersFrom } from './owners.ts'
import { runCounts } from './run-counts.ts'
import { jsonObject, RunOutcome, RunReference } from './run-outcome.ts'
import { component, count, day, oneOf, orNull, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

const checkStatuses = ['UNKNOWN', 'PASS', 'WARN', 'FAIL', 'ERROR', 'SKIPPED'] as const

export const Check = component(
  'Check',
  Type.Object({
    name: text('Name of the check'),
    column: textOrNull('Column it looks at; null for the whole asset'),
    severity: oneOf(['ERROR', 'WARN'], 'How bad a failure is'),
    status: oneOf(checkStatuses, 'What it found; ERROR: it could not run'),
    expected: textOrNull('What was expected'),
    actual: textOrNull('What was found'),
    message: textOrNull('A sentence for people'),
    occurredAt: time('When it was made'),
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
    jobNamespace: text('As in run; empty where run is null'),
    jobName: text('As in run; empty where run is null'),
    runId: text('As in run; empty where run is null'),
  }),
)
export type Metric = Static<typeof Metric>

export const Column = component(
  'Column',
  Type.Object({
    name: text('Column name; nested fields with dots'),
    type: textOrNull("The platform's type name"),
    description: textOrNull('Description of the column'),
  }),
)
export type Column = Static<typeof Column>

export const AssetCard = answer('AssetCard', {
  key: text('Asset key'),
  platform: text('Scheme of the key'),
  name: textOrNull('Name for people'),
  description: textOrNull('Markdown'),
  url: textOrNull('Where a person can open it'),
  owners,
  ownersFrom,
  tags: Type.Array(Type.String()),
  aliases: Type.Array(Type.String(), { description: 'Other keys that mean this asset' }),
  aliasSources: Type.Array(ref(AliasMember), { description: 'Of each of these who says so' }),
  renamedTo: textOrNull('The key it was renamed to'),
  columns: Type.Array(ref(Column), { description: 'Latest schema stated; empty when none was' }),
  firstSeen: time('First event that names it'),
  lastSeen: day('Day (UTC) of the last event that names it'),
  lastMaterialization: orNull(ref(RunOutcome)),
  lastSuccess: orNull(ref(RunOutcome)),
  lastFailure: orNull(ref(RunOutcome)),
  materializations: runCounts('How many runs wrote it, by state'),
  health: ref(Health),
  checks: Type.Array(ref(Check), { description: 'Latest result of each check' }),
  metrics: Type.Array(ref(Metric), {
    description: 'Latest value of each metric, whether a run measured it (run) or not (null)',
  }),
  metadata: jsonObject('What is said of it by name, outside runs; values are JSON'),
  degree: Type.Object({ upstream: count('Current direct upstreams'), downstream: count('Current direct downstreams') }),
  dropped: Type.Boolean({ description: 'Dropped, and not written since' }),
  droppedAt: timeOrNull('When it was last dropped'),
})
export type AssetCard = Static<typeof AssetCard>
