import { type Static, Type } from 'typebox'
import { answer, expiredBefore, nextCursor } from './answer.ts'
import { jobFields, jsonObject, RunOutcome, RunReference } from './run-outcome.ts'
import { component, count, orNull, ref, text, textOrNull, timeOrNull } from './schema.ts'

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
export type RunSummary = Static<typeof RunSummary>

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
export type Run = Static<typeof Run>

export const RunsAnswer = answer('RunsAnswer', {
  runs: Type.Array(ref(Run), { description: 'One for each job that has a run of this id' }),
})
export type RunsAnswer = Static<typeof RunsAnswer>

export const RunPage = answer('RunPage', {
  items: Type.Array(ref(RunSummary), { description: 'Latest first' }),
  nextCursor,
  expiredBefore,
})
export type RunPage = Static<typeof RunPage>

export const JobSummary = component(
  'JobSummary',
  Type.Object({
    ...jobFields,
    jobType: textOrNull('Kind of job'),
    runs: count('Known runs'),
    lastRun: orNull(ref(RunOutcome)),
    outputs: Type.Array(Type.String(), {
      description: 'Keys of assets its runs wrote, or that it declares to write while it has no run: the first 20',
    }),
    outputCount: count('How many assets those are'),
  }),
)
export type JobSummary = Static<typeof JobSummary>

export const JobPage = answer('JobPage', {
  items: Type.Array(ref(JobSummary), { description: 'By namespace and name' }),
  nextCursor,
  hidden: count(
    'Jobs that match and are left out, between those of this page or after the last: each of their runs is the child of another, and none wrote an asset; children=all lists them',
  ),
})
export type JobPage = Static<typeof JobPage>
