import { type EventType, eventSchemas, eventTypes, type HeadwaterEvent, mismatchPaths } from '@headwater/schemas'
import { completeValue, type ParsedSchema, parseSchema } from './complete-value.ts'
import { eventProblem } from './event-problem.ts'
import { type JsonProblem, jsonPointer } from './json-problem.ts'

/** Values for the fields that the writer of an event may leave out. */
export type EventDefaults = {
  /** The time of the event, epoch milliseconds. */
  readonly now: number
  readonly uuid: () => string
  /** The program that completes the event, with its version. */
  readonly producer: string
}

/** Completes an event that a person wrote as JSON: `{ type, ...fields }`. @returns the event, or the problems of an invalid one */
export function completeEvent(written: unknown, given: EventDefaults): HeadwaterEvent | readonly JsonProblem[] {
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return [{ pointer: '', detail: 'an event must be a JSON object' }]
  const { type, ...fields } = written as Record<string, unknown>
  if (!isEventType(type)) return [{ pointer: '/type', detail: `type must be one of ${eventTypes.join(', ')}` }]
  const { value, problems } = completeValue(schemas[type], { ...defaultsOf(type, given), ...shortJob(fields) })
  if (problems.length > 0) return problems
  const mismatches = mismatchPaths(type, value)
  if (mismatches.length > 0)
    return mismatches.map((path) => ({
      pointer: jsonPointer(path),
      detail: `${path.join('.')} does not match the schema`,
    }))
  const event = { type, event: value } as HeadwaterEvent
  const problem = eventProblem(event)
  return problem === undefined ? event : [{ pointer: '', detail: problem }]
}

const schemas = Object.fromEntries(eventTypes.map((type) => [type, parseSchema(eventSchemas[type])])) as Record<
  EventType,
  ParsedSchema
>

const isEventType = (type: unknown): type is EventType => eventTypes.some((each) => each === type)

function defaultsOf(type: EventType, { now, uuid, producer }: EventDefaults): Record<string, unknown> {
  const every = { eventId: uuid(), occurredAt: now, producer }
  return type === 'MaterializationEvent' ? { ...every, runId: uuid(), state: 'SUCCEEDED' } : every
}

/** A job given as text is its name, or namespace, slash and name. */
function shortJob(fields: Record<string, unknown>): Record<string, unknown> {
  const { job } = fields
  if (typeof job !== 'string') return fields
  const slash = job.indexOf('/')
  const parts = { namespace: slash < 0 ? 'default' : job.slice(0, slash), name: job.slice(slash + 1) }
  return { ...fields, job: parts }
}
