import type { RunState } from '@headwater/schemas'

const states: ReadonlyMap<string, RunState> = new Map([
  ['START', 'STARTED'],
  ['RUNNING', 'RUNNING'],
  ['COMPLETE', 'SUCCEEDED'],
  ['FAIL', 'FAILED'],
  ['ABORT', 'ABORTED'],
])

/** The state that an event's type tells; UNKNOWN for OTHER, none, and any that the specification does not have. */
export const runStateOf = (eventType: string | undefined): RunState =>
  states.get(eventType?.toUpperCase() ?? '') ?? 'UNKNOWN'

/** True for a type that is in the specification, or not given. */
export const isKnownType = (eventType: string | undefined): boolean =>
  eventType === undefined || eventType.toUpperCase() === 'OTHER' || states.has(eventType.toUpperCase())
