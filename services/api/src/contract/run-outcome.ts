import { type Static, Type } from 'typebox'
import { component, oneOf, text, textOrNull, time, timeOrNull } from './schema.ts'

export const runStates = ['UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'ABORTED', 'FAILED'] as const

export const jobFields = { jobNamespace: text('Namespace of the job'), jobName: text('Name of the job') }
const runFields = { ...jobFields, runId: text('The run; several jobs may share one id') }

export const RunReference = component('RunReference', Type.Object(runFields))
export type RunReference = Static<typeof RunReference>

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
export type RunOutcome = Static<typeof RunOutcome>

export const jsonObject = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description })
