import { foldRun, type Run, type RunFact, type RunIdentity, type RunOutput } from '@headwater/lineage'
import type { CheckResult, HeadwaterEvent, MaterializationEvent } from '@headwater/schemas'

/** What events say, as plain lists: nothing here depends on how tables store it. */
export type Said = {
  readonly sightings: { readonly key: string; readonly at: number }[]
  readonly facts: { asset: string; facet: string; subject: string; at: number; value: unknown }[]
  readonly checks: { asset: string; check: CheckResult; at: number; run: RunIdentity | null }[]
  readonly metrics: { asset: string; name: string; value: number; at: number; run: RunIdentity }[]
  readonly jobFacts: {
    jobNamespace: string
    jobName: string
    facet: string
    subject: string
    at: number
    value: unknown
  }[]
  readonly runs: { readonly identity: RunIdentity; readonly run: Run }[]
}

/** Members of an input set: here the id of a set is its members, a line each. */
export const membersOf = ({ inputSets }: Pick<RunOutput, 'inputSets'>): string[] =>
  [...new Set(inputSets.flatMap((id) => id.split('\n')))].sort()

export function readEvents(events: readonly HeadwaterEvent[]): Said {
  const said: Said = { sightings: [], facts: [], checks: [], metrics: [], jobFacts: [], runs: [] }
  const factsOfRuns = new Map<string, { identity: RunIdentity; facts: RunFact[] }>()
  for (const [index, { type, event }] of events.entries()) {
    const at = event.occurredAt
    const fact = (asset: string, facet: string, value: unknown, subject = '') =>
      said.facts.push({ asset, facet, subject, at, value })
    if (type === 'MaterializationEvent') {
      readMaterialization(event, said, fact)
      const identity = identityOf(event)
      const known = factsOfRuns.get(JSON.stringify(identity)) ?? { identity, facts: [] }
      known.facts.push(factOf(event, index))
      factsOfRuns.set(JSON.stringify(identity), known)
      continue
    }
    if (type === 'JobEvent') {
      const { namespace: jobNamespace, name: jobName, type: jobType } = event.job
      for (const { output, inputs } of event.lineage ?? []) {
        for (const key of [output, ...inputs]) said.sightings.push({ key, at })
      }
      readStated(
        { type: jobType, ...event },
        ['type', 'description', 'owners', 'tags', 'lineage'],
        (facet, value, subject) => said.jobFacts.push({ jobNamespace, jobName, facet, subject, at, value }),
      )
      continue
    }
    said.sightings.push({ key: event.key, at })
    if (type === 'CheckEvent') {
      const run = event.runId === null ? null : { jobNamespace: '', jobName: '', runId: event.runId }
      said.checks.push({ asset: event.key, check: event.check, at, run })
    } else if (event.change === 'DESCRIBED') fact(event.key, 'properties', event.properties)
    else if (event.change === 'OWNED') fact(event.key, 'owners', event.owners)
    else if (event.change === 'TAGGED') fact(event.key, 'tags', event.tags)
    else if (event.change === 'RENAMED') fact(event.key, 'renamed', event.renamedTo)
    else if (event.change === 'DROPPED') fact(event.key, 'dropped', true)
    else if (event.change === 'STATED') {
      const say = (facet: string, value: unknown, subject: string) => fact(event.key, facet, value, subject)
      readStated({ ...event }, ['description', 'owners', 'tags', 'schema'], say)
      for (const [name, value] of Object.entries(event.metrics)) say('metric', value, name)
    }
  }
  for (const { identity, facts } of factsOfRuns.values()) said.runs.push({ identity, run: foldRun(facts) })
  return said
}

function readStated(
  event: {
    readonly [facet: string]: unknown
    readonly metadata: Readonly<Record<string, string>>
    readonly removed: readonly string[]
  },
  whole: readonly string[],
  say: (facet: string, value: unknown, subject: string) => void,
): void {
  for (const facet of whole) if (event[facet] !== null) say(facet, event[facet], '')
  for (const [name, json] of Object.entries(event.metadata)) say('metadata', JSON.parse(json), name)
  for (const text of event.removed) {
    const [, name] = /^metadata:(.*)$/s.exec(text) ?? []
    if (name === undefined) say(text, null, '')
    else say('metadata', null, name)
  }
}

function readMaterialization(
  event: MaterializationEvent,
  said: Said,
  fact: (asset: string, facet: string, value: unknown) => void,
): void {
  const run = identityOf(event)
  const at = event.occurredAt
  for (const { key, properties } of event.inputs) {
    said.sightings.push({ key, at })
    if (properties !== null) fact(key, 'properties', properties)
  }
  for (const output of event.outputs) {
    const asset = output.key
    for (const key of [asset, ...(output.inputs ?? [])]) said.sightings.push({ key, at })
    if (output.properties !== null) fact(asset, 'properties', output.properties)
    if (output.schema !== null) fact(asset, 'schema', output.schema)
    for (const check of output.checks) said.checks.push({ asset, check, at, run })
    for (const [name, value] of Object.entries(output.metrics)) said.metrics.push({ asset, name, value, at, run })
  }
}

const identityOf = ({ job, runId }: MaterializationEvent): RunIdentity => ({
  jobNamespace: job.namespace,
  jobName: job.name,
  runId,
})

function factOf(event: MaterializationEvent, index: number): RunFact {
  const setOf = (keys: readonly string[]) => (keys.length === 0 ? null : [...new Set(keys)].sort().join('\n'))
  return {
    factId: String(index).padStart(9, '0'),
    occurredAt: event.occurredAt,
    recordedAt: index,
    producer: event.producer,
    state: event.state,
    jobType: event.job.type,
    startedAt: event.startedAt,
    nominalStart: event.nominalStart,
    nominalEnd: event.nominalEnd,
    parent: event.parent,
    root: event.root,
    by: event.by,
    error: event.error,
    metadata: event.metadata,
    inputSet: setOf(event.inputs.map(({ key }) => key)),
    outputs: event.outputs.map(({ key, inputs, metadata }) =>
      inputs === null ? { key, metadata } : { key, metadata, inputSet: setOf(inputs) },
    ),
  }
}
