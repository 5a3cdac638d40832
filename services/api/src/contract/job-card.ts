import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { runCounts } from './run-counts.ts'
import { jobFields, jsonObject, RunOutcome } from './run-outcome.ts'
import { count, ref, text, textOrNull } from './schema.ts'

export const JobCard = answer('JobCard', {
  ...jobFields,
  jobType: textOrNull('Kind of job'),
  description: textOrNull('Markdown'),
  owners: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  metadata: jsonObject('What is said of it by name, outside its runs, e.g. sql; values are JSON'),
  runs: runCounts('How many runs it has had, by state'),
  lastRuns: Type.Array(ref(RunOutcome), {
    description: 'The latest run in each state that its runs are in; latest first',
  }),
  outputs: Type.Array(Type.String(), { description: 'Keys of assets its runs wrote: the first 1,000' }),
  outputCount: count('How many assets its runs wrote'),
  inputs: Type.Array(Type.String(), { description: 'Keys of the assets its latest success read' }),
  declared: Type.Array(
    Type.Object({ output: text('Asset key'), inputs: Type.Array(Type.String(), { description: 'Asset keys' }) }),
    {
      description:
        'What it says outside its runs that it makes of what, by output; the graph has it while no success has written the output',
    },
  ),
})
export type JobCard = Static<typeof JobCard>
