import { eventProblem } from '@headwater/lineage'
import { type EventType, eventSchemas, eventTypes, type HeadwaterEvent, schemaMismatches } from '@headwater/schemas'
import { completeValue } from './complete-value.ts'

export type EventSource = { readonly now: number; readonly uuid: () => string }

const producer = 'headwater-cli/0.1.0'

/** An event from what a person wrote: `{ type, ...fields }`. @returns why it is none, as texts, instead */
export function completeEvent(written: unknown, source: EventSource): HeadwaterEvent | readonly string[] {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return ['is no JSON object']
  const { type, ...fields } = written as Record<string, unknown>
  if (!isEventType(type)) return [`type must be one of ${eventTypes.join(', ')}`]
  const { value, problems } = completeValue(eventSchemas[type], { ...defaultsOf(type, source), ...shortJob(fields) })
  if (problems.length > 0) return problems
  const mismatches = schemaMismatches(type, value)
  if (mismatches.length > 0) return mismatches.map((path) => `${path} does not fit the schema`)
  const event = { type, event: value } as HeadwaterEvent
  const problem = eventProblem(event)
  return problem === undefined ? event : [problem]
}

const isEventType = (type: unknown): type is EventType => eventTypes.some((each) => each === type)

function defaultsOf(type: EventType, { now, uuid }: EventSource): Record<string, unknown> {
  const every = { eventId: uuid(), occurredAt: now, producer }
  return type === 'MaterializationEvent' ? { ...every, runId: uuid(), state: 'SUCCEEDED' } : every
}

/** A job as text is its name, after its namespace and a slash where it has one. */
function shortJob(fields: Record<string, unknown>): Record<string, unknown> {
  const { job } = fields
  if (typeof job !== 'string') return fields
  const slash = job.indexOf('/')
  const parts = { namespace: slash < 0 ? 'default' : job.slice(0, slash), name: job.slice(slash + 1) }
  return { ...fields, job: parts }
}
