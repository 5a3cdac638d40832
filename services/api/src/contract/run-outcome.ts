import { type Static, Type } from 'typebox'
import { component, count, oneOf, text, textOrNull, time, timeOrNull } from './schema.ts'

export const runStates = ['UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'ABORTED', 'FAILED'] as const

export const jobFields = { jobNamespace: text('Namespace of the job'), jobName: text('Name of the job') }
const runFields = { ...jobFields, runId: text('Run id; runs of several jobs may share one') }

export const RunReference = component('RunReference', Type.Object(runFields))
export type RunReference = Static<typeof RunReference>

export const RunOutcome = component(
  'RunOutcome',
  Type.Object({
    ...runFields,
    state: oneOf(runStates, 'State of the run, and of the assets as it wrote them'),
    startedAt: timeOrNull('When the run started; null when unknown'),
    endedAt: timeOrNull('When the run ended; null while it is running'),
    lastEventAt: time('Time of the latest event of the run'),
    by: textOrNull('Tool that executed the run'),
    error: textOrNull('Error message of a failed run'),
  }),
)
export type RunOutcome = Static<typeof RunOutcome>

export const jsonObject = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description })

export const runCounts = (description: string) =>
  Type.Object(
    {
      UNKNOWN: count('Runs in an unknown state'),
      STARTED: count('Started runs'),
      RUNNING: count('Running runs'),
      SUCCEEDED: count('Successful runs'),
      ABORTED: count('Aborted runs'),
      FAILED: count('Failed runs'),
    },
    { description },
  )
