import type { AssetEvent, CheckEvent, HeadwaterEvent, JobEvent, MaterializationEvent } from '@headwater/schemas'
import { assetKeyProblem, keyPrefixProblem } from '../identity/keys/asset-key.ts'
import { latestTime } from '../time/parse-time.ts'

/** Longest id, namespace and job name, in characters. */
export const maxNameLength = 1024
const control = /\p{Cc}/u

/** Why an event that decodes is not valid, as a sentence for users; undefined when it is valid. */
export function eventProblem(event: HeadwaterEvent): string | undefined {
  return (
    textProblem('eventId', event.event.eventId) ??
    timeProblem('occurredAt', event.event.occurredAt) ??
    specificProblem(event)
  )
}

function specificProblem(event: HeadwaterEvent): string | undefined {
  switch (event.type) {
    case 'MaterializationEvent':
      return materializationProblem(event.event)
    case 'AssetEvent':
      return assetKeyProblem(event.event.key) ?? assetChangeProblem(event.event)
    case 'CheckEvent':
      return checkProblem(event.event)
    case 'JobEvent':
      return jobProblem(event.event)
    default:
      return event satisfies never
  }
}

function materializationProblem(event: MaterializationEvent): string | undefined {
  const problem =
    textProblem('runId', event.runId) ??
    textProblem('job.namespace', event.job.namespace) ??
    textProblem('job.name', event.job.name) ??
    optionalTimeProblem('startedAt', event.startedAt) ??
    optionalTimeProblem('nominalStart', event.nominalStart) ??
    optionalTimeProblem('nominalEnd', event.nominalEnd)
  if (problem !== undefined) return problem
  for (const input of event.inputs) {
    const keyProblem = assetKeyProblem(input.key)
    if (keyProblem !== undefined) return keyProblem
  }
  for (const output of event.outputs) {
    const keyProblem =
      assetKeyProblem(output.key) ?? output.inputs?.map(assetKeyProblem).find((found) => found !== undefined)
    if (keyProblem !== undefined) return keyProblem
  }
  return undefined
}

function assetChangeProblem(event: AssetEvent): string | undefined {
  switch (event.change) {
    case 'DESCRIBED':
      return event.properties === null ? 'A DESCRIBED event must have properties' : undefined
    case 'OWNED':
      return event.owners === null ? 'An OWNED event must have owners' : undefined
    case 'TAGGED':
      return event.tags === null ? 'A TAGGED event must have tags' : undefined
    case 'ALIASED':
    case 'UNALIASED':
      if (event.alias === null) return `An ${event.change} event must have alias`
      return (event.aliasSource === 'AUTHORITY' ? keyPrefixProblem : assetKeyProblem)(event.alias)
    case 'RENAMED':
      return event.renamedTo === null ? 'A RENAMED event must have renamedTo' : assetKeyProblem(event.renamedTo)
    case 'DROPPED':
    case 'POLICY_SET':
    case 'STATED':
      return undefined
    case 'UNKNOWN':
      return 'The field change is missing, or has a value that this version does not know'
    default:
      return event.change satisfies never
  }
}

function jobProblem({ job, lineage }: JobEvent): string | undefined {
  const keys = (lineage ?? []).flatMap(({ output, inputs }) => [output, ...inputs])
  return (
    textProblem('job.namespace', job.namespace) ??
    textProblem('job.name', job.name) ??
    keys.map(assetKeyProblem).find((found) => found !== undefined)
  )
}

function checkProblem(event: CheckEvent): string | undefined {
  return assetKeyProblem(event.key) ?? textProblem('check.name', event.check.name)
}

function textProblem(field: string, value: string): string | undefined {
  if (value === '') return `${field} is empty`
  if (control.test(value)) return `${field} has a control character`
  if (value.length > maxNameLength)
    return `${field} has ${value.length} characters; at most ${maxNameLength} are allowed`
  return undefined
}

function timeProblem(field: string, epochMs: number): string | undefined {
  if (isEventTime(epochMs)) return undefined
  return `${field} is ${epochMs}; expected milliseconds since 1970, before the year 2286`
}

/** True for a whole number of milliseconds after 1970 and before 2286. */
export const isEventTime = (epochMs: number): boolean =>
  Number.isInteger(epochMs) && epochMs > 0 && epochMs <= latestTime

function optionalTimeProblem(field: string, epochMs: number | null): string | undefined {
  return epochMs === null ? undefined : timeProblem(field, epochMs)
}
