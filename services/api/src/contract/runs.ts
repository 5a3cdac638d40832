import { type Static, Type } from 'typebox'
import { answer, expiredBefore, nextCursor } from './answer.ts'
import { jobFields, jsonObject, RunOutcome, RunReference } from './run-outcome.ts'
import { component, count, orNull, ref, text, textOrNull, timeOrNull } from './schema.ts'

export const RunSummary = component(
  'RunSummary',
  Type.Object({
    ...RunOutcome.properties,
    jobType: textOrNull('Kind of the job, e.g. task, model'),
    nominalStart: timeOrNull('Start of the data interval'),
    nominalEnd: timeOrNull('End of the data interval'),
    outputs: Type.Array(Type.String(), { description: 'Keys of the assets that the run wrote' }),
  }),
)
export type RunSummary = Static<typeof RunSummary>

export const Run = component(
  'Run',
  Type.Object({
    ...RunSummary.properties,
    parent: orNull(ref(RunReference)),
    root: orNull(ref(RunReference)),
    producer: text('Name and version of the producer of the latest event'),
    metadata: jsonObject('Metadata of the run; values are JSON'),
    inputs: Type.Array(Type.String(), { description: 'Keys of the assets that the run read' }),
    children: Type.Object({
      total: count('Number of runs that name this run as parent'),
      items: Type.Array(ref(RunOutcome), { description: 'The latest 100 children' }),
    }),
  }),
)
export type Run = Static<typeof Run>

export const RunsAnswer = answer('RunsAnswer', {
  runs: Type.Array(ref(Run), { description: 'One run for each job that has a run with this id' }),
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
    jobType: textOrNull('Kind of the job, e.g. task, model'),
    runs: count('Number of runs'),
    lastRun: orNull(ref(RunOutcome)),
    outputs: Type.Array(Type.String(), {
      description: 'Keys of the assets that its runs wrote or, without a run, that it declares to write: the first 20',
    }),
    outputCount: count('Number of these assets'),
  }),
)
export type JobSummary = Static<typeof JobSummary>

export const JobPage = answer('JobPage', {
  items: Type.Array(ref(JobSummary), { description: 'Sorted by namespace and name' }),
  nextCursor,
  hidden: count(
    'Number of matching jobs left out within this page (on the last page, to the end of the list): every run is the child of another run, and none wrote an asset; children=all lists them',
  ),
})
export type JobPage = Static<typeof JobPage>
