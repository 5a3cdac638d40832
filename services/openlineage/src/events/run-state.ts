import type { RunState } from '@headwater/schemas'

const states: ReadonlyMap<string, RunState> = new Map([
  ['START', 'STARTED'],
  ['RUNNING', 'RUNNING'],
  ['COMPLETE', 'SUCCEEDED'],
  ['FAIL', 'FAILED'],
  ['ABORT', 'ABORTED'],
])

/** The run state of an event type; UNKNOWN for OTHER, for a missing type and for one that the specification does not have. */
export const runStateOf = (eventType: string | undefined): RunState =>
  states.get(eventType?.toUpperCase() ?? '') ?? 'UNKNOWN'

/** True for a type of the specification, and for a missing one. */
export const isKnownType = (eventType: string | undefined): boolean =>
  eventType === undefined || eventType.toUpperCase() === 'OTHER' || states.has(eventType.toUpperCase())
