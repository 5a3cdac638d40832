import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { jobFields, jsonObject, RunOutcome, runCounts } from './run-outcome.ts'
import { count, ref, text, textOrNull } from './schema.ts'

export const JobCard = answer('JobCard', {
  ...jobFields,
  jobType: textOrNull('Kind of the job, e.g. task, model'),
  description: textOrNull('Description, in Markdown'),
  owners: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  metadata: jsonObject('Metadata reported outside runs, by name, e.g. sql; values are JSON'),
  runs: runCounts('Number of runs, by state'),
  lastRuns: Type.Array(ref(RunOutcome), {
    description: 'The latest run in each state; latest first',
  }),
  outputs: Type.Array(Type.String(), { description: 'Keys of the assets that its runs wrote: the first 1,000' }),
  outputCount: count('Number of assets that its runs wrote'),
  inputs: Type.Array(Type.String(), { description: 'Keys of the assets that its latest success read' }),
  declared: Type.Array(
    Type.Object({ output: text('Asset key'), inputs: Type.Array(Type.String(), { description: 'Asset keys' }) }),
    {
      description:
        'Lineage that the job declares outside its runs, by output; an edge of the graph until a success writes the output',
    },
  ),
})
export type JobCard = Static<typeof JobCard>
