import { type Static, type TProperties, Type } from 'typebox'
import {
  component,
  count,
  oneOf,
  oneOfOrNull,
  orNull,
  ref,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './contract-types.ts'

// Every answer of the read API. Times are ISO 8601 in UTC with milliseconds; absent values are null, absent lists empty.
// Fields are only ever added.

export const runStates = ['UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'ABORTED', 'FAILED'] as const
export const healthStatuses = ['HEALTHY', 'WARNING', 'DEGRADED', 'FAILED', 'UNKNOWN'] as const
const checkStatuses = ['UNKNOWN', 'PASS', 'WARN', 'FAIL', 'ERROR', 'SKIPPED'] as const

/** In every answer of 200: what of the log the answer contains. */
const positioned = {
  position: text(
    'How far the log is folded into this answer: topic:partition:offset, comma separated; at least this far',
  ),
  lagMs: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description:
      'The answer contains everything recorded until this many milliseconds ago; null when that is not known',
  }),
}
const nextCursor = textOrNull('Pass as cursor to get the next page; null on the last one')

const answer = <P extends TProperties>($id: string, properties: P) =>
  component($id, Type.Object({ ...properties, ...positioned }))

const jobFields = { jobNamespace: text('Namespace of the job'), jobName: text('Name of the job') }
const runFields = { ...jobFields, runId: text('The run; several jobs may share one id') }

export const RunReference = component('RunReference', Type.Object(runFields))

export const RunOutcome = component(
  'RunOutcome',
  Type.Object({
    ...runFields,
    state: oneOf(runStates, 'State of the run, and so of what it wrote'),
    startedAt: timeOrNull('When it started, where known'),
    endedAt: timeOrNull('When it ended; null while it has not'),
    lastEventAt: time('Time of its last event'),
    by: textOrNull('The tool that did the work'),
    error: textOrNull('Why it failed'),
  }),
)

export const AssetSummary = component(
  'AssetSummary',
  Type.Object({
    key: text('Asset key'),
    platform: text('Scheme of the key'),
    name: textOrNull('Name for people'),
    owners: Type.Array(Type.String()),
    firstSeen: time('First event that names it'),
    lastSeen: time('Last event that names it'),
    lastState: oneOfOrNull(runStates, 'State of the latest run that writes it; null when none does'),
    lastEndedAt: timeOrNull('When that run ended; null while it has not'),
    lastSuccessAt: timeOrNull('End of the latest successful run that wrote it'),
    health: oneOf(healthStatuses, 'As on the card'),
    dropped: Type.Boolean({ description: 'Dropped, and not written since' }),
  }),
)

export const AssetPage = answer('AssetPage', {
  items: Type.Array(ref(AssetSummary), { description: 'By key' }),
  nextCursor,
  facets: orNull(
    Type.Object(
      {
        total: count('Assets that match'),
        platforms: Type.Array(Type.Object({ platform: text('Platform'), count: count('Matching assets on it') }), {
          description: 'What matches q and prefix by platform, whichever platform is asked for; most first',
        }),
      },
      { description: 'On the first page only' },
    ),
  ),
})

export const HealthReason = component(
  'HealthReason',
  Type.Object({
    code: text(
      'LAST_RUN_FAILED, LAST_RUN_ABORTED, CHECK_FAILED, CHECK_ERRORED, CHECK_WARNED, LAST_RUN_SUCCEEDED, NEVER_ENDED',
    ),
    text: text('A sentence for people'),
    since: timeOrNull('Since when it holds'),
  }),
)

export const Health = component(
  'Health',
  Type.Object({
    status: oneOf(healthStatuses, 'FAILED > DEGRADED > WARNING > HEALTHY > UNKNOWN: the first that holds'),
    reasons: Type.Array(ref(HealthReason), { description: 'Most severe first; at least one' }),
  }),
)

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

export const Metric = component(
  'Metric',
  Type.Object({
    name: text('Name of the metric'),
    value: Type.Number(),
    occurredAt: time('When it was measured'),
    ...runFields,
  }),
)

export const Column = component(
  'Column',
  Type.Object({
    name: text('Column name; nested fields with dots'),
    type: textOrNull("The platform's type name"),
    description: textOrNull('Description of the column'),
  }),
)

export const AssetCard = answer('AssetCard', {
  key: text('Asset key'),
  platform: text('Scheme of the key'),
  name: textOrNull('Name for people'),
  description: textOrNull('Markdown'),
  url: textOrNull('Where a person can open it'),
  owners: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  aliases: Type.Array(Type.String(), { description: 'Other keys said to mean this asset' }),
  renamedTo: textOrNull('The key it was renamed to'),
  columns: Type.Array(ref(Column), { description: 'Latest schema stated; empty when none was' }),
  firstSeen: time('First event that names it'),
  lastSeen: time('Last event that names it'),
  lastMaterialization: orNull(ref(RunOutcome)),
  lastSuccess: orNull(ref(RunOutcome)),
  lastFailure: orNull(ref(RunOutcome)),
  materializations: Type.Object(
    {
      UNKNOWN: count('Runs of no known state'),
      STARTED: count('Started runs'),
      RUNNING: count('Running runs'),
      SUCCEEDED: count('Successful runs'),
      ABORTED: count('Aborted runs'),
      FAILED: count('Failed runs'),
    },
    { description: 'How many runs wrote it, by state' },
  ),
  health: ref(Health),
  checks: Type.Array(ref(Check), { description: 'Latest result of each check' }),
  metrics: Type.Array(ref(Metric), { description: 'Latest value of each metric' }),
  degree: Type.Object({ upstream: count('Current direct upstreams'), downstream: count('Current direct downstreams') }),
  dropped: Type.Boolean({ description: 'Dropped, and not written since' }),
  droppedAt: timeOrNull('When it was last dropped'),
})

const jsonObject = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description })

export const Materialization = component(
  'Materialization',
  Type.Object({
    ...RunOutcome.properties,
    nominalEnd: timeOrNull('End of the data interval the run was for'),
    metadata: jsonObject('Facts about this materialization; values are JSON'),
    inputs: Type.Array(Type.String(), { description: 'Keys of the assets it was made from' }),
    assertion: oneOf(
      ['run', 'explicit'],
      'run: the inputs are those of the whole run; explicit: stated for this asset',
    ),
    metrics: Type.Record(Type.String(), Type.Number(), { description: 'Numbers the run stated of this asset' }),
  }),
)

export const MaterializationPage = answer('MaterializationPage', {
  key: text('Asset key'),
  items: Type.Array(ref(Materialization), { description: 'Latest first, by when the run ended or was last heard of' }),
  nextCursor,
})

export const LineageNode = component(
  'LineageNode',
  Type.Object({
    id: count('Number of the node in this answer; the root is 0'),
    depth: count('Shortest distance to the root, in edges'),
    readsItself: Type.Boolean({ description: 'A job reads and writes it; that edge is not listed' }),
    ...AssetSummary.properties,
  }),
)

export const EdgeEvidence = component(
  'EdgeEvidence',
  Type.Object({
    ...jobFields,
    runId: text('The latest successful run that asserted the edge'),
    assertion: oneOf(['run', 'explicit'], 'run: an input of the run; explicit: stated for this output'),
    firstSeen: time('End of the first successful run that asserted it'),
    lastSeen: time('End of the last one'),
    runs: count('Successful runs that asserted it'),
  }),
)

export const LineageAnswer = answer('LineageAnswer', {
  root: text('Asset key of the root'),
  direction: oneOf(['upstream', 'downstream', 'both'], 'Which way was walked'),
  depth: count('How far was walked at most'),
  nodes: Type.Array(ref(LineageNode), { description: 'Nearest first' }),
  edges: Type.Array(
    Type.Object({
      from: count('Node that is read'),
      to: count('Node that is made from it'),
      jobs: Type.Array(ref(EdgeEvidence), { description: 'Through which jobs, and how that is known' }),
    }),
  ),
  truncated: Type.Boolean({ description: 'maxNodes left out nodes that are within depth' }),
  omitted: Type.Array(
    Type.Object({
      id: count('A node with neighbours that are left out'),
      upstream: count('How many upstreams of it are left out'),
      downstream: count('How many downstreams of it are left out'),
    }),
  ),
})

export const RunSummary = component(
  'RunSummary',
  Type.Object({
    ...RunOutcome.properties,
    jobType: textOrNull('Kind of job'),
    nominalStart: timeOrNull('Start of the data interval'),
    nominalEnd: timeOrNull('End of the data interval'),
    outputs: Type.Array(Type.String(), { description: 'Keys of the assets it wrote' }),
  }),
)

export const Run = component(
  'Run',
  Type.Object({
    ...RunSummary.properties,
    parent: orNull(ref(RunReference)),
    root: orNull(ref(RunReference)),
    producer: text('Which code made its last event'),
    metadata: jsonObject('Facts about the run; values are JSON'),
    inputs: Type.Array(Type.String(), { description: 'Keys of the assets it read' }),
    children: Type.Object({
      total: count('Runs that name it as their parent'),
      items: Type.Array(ref(RunOutcome), { description: 'The latest 100 of them' }),
    }),
  }),
)

export const RunsAnswer = answer('RunsAnswer', {
  runs: Type.Array(ref(Run), { description: 'One for each job that has a run of this id' }),
})

export const RunPage = answer('RunPage', {
  items: Type.Array(ref(RunSummary), { description: 'Latest first' }),
  nextCursor,
})

export const JobSummary = component(
  'JobSummary',
  Type.Object({
    ...jobFields,
    jobType: textOrNull('Kind of job'),
    runs: count('Known runs'),
    lastRun: ref(RunOutcome),
    outputs: Type.Array(Type.String(), { description: 'Keys of assets its runs wrote: the first 20' }),
    outputCount: count('How many assets its runs wrote'),
  }),
)

export const JobPage = answer('JobPage', {
  items: Type.Array(ref(JobSummary), { description: 'By namespace and name' }),
  nextCursor,
})

export const Problem = component(
  'Problem',
  Type.Object(
    {
      type: text('urn:headwater:problem: and the code'),
      title: text('What kind of problem, the same for each code'),
      status: Type.Integer({ description: 'The HTTP status' }),
      detail: text('What is wrong with this request, for people'),
      code: text('What programs branch on'),
    },
    { additionalProperties: true, description: 'RFC 9457; further members are facts about the problem' },
  ),
)

export type AssetSummary = Static<typeof AssetSummary>
export type AssetPage = Static<typeof AssetPage>
export type Health = Static<typeof Health>
export type HealthReason = Static<typeof HealthReason>
export type Check = Static<typeof Check>
export type Metric = Static<typeof Metric>
export type Column = Static<typeof Column>
export type AssetCard = Static<typeof AssetCard>
export type RunReference = Static<typeof RunReference>
export type RunOutcome = Static<typeof RunOutcome>
export type Materialization = Static<typeof Materialization>
export type MaterializationPage = Static<typeof MaterializationPage>
export type LineageNode = Static<typeof LineageNode>
export type EdgeEvidence = Static<typeof EdgeEvidence>
export type LineageAnswer = Static<typeof LineageAnswer>
export type RunSummary = Static<typeof RunSummary>
export type Run = Static<typeof Run>
export type RunsAnswer = Static<typeof RunsAnswer>
export type RunPage = Static<typeof RunPage>
export type JobSummary = Static<typeof JobSummary>
export type JobPage = Static<typeof JobPage>
export type Problem = Static<typeof Problem>
