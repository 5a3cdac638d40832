import { EventLog, foldAssetFacts, foldJobFacts, type RecordedEvent } from '@headwater/lineage'
import type { AssetEvent, HeadwaterEvent } from '@headwater/schemas'
import { foldReference, propertyRuns, randomAliases, randomWorld, referenceAliases, withKeys } from '@headwater/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { permittedEvents } from '../../src/permission/permitted-events.ts'
import { type Binding, keyOf } from './guarded-gateway.ts'

// The world of others has the assets s3://others/a0 to a4 and jobs of the namespace `others`; the events of the key are about these and
// about its own, s3://mine/a0 to a4 and the namespace `mine`, in any mixture.

const bindings: readonly Binding[] = [
  { namespaces: ['mine'], prefixes: ['s3://mine'] },
  { namespaces: ['mine', 'elsewhere'], prefixes: ['s3://mine/a0', 's3://mine/a3', 's3://other'] },
  { namespaces: ['others'], prefixes: ['s3://mine'] },
  { namespaces: ['mine'], prefixes: undefined },
]
const isInside = (key: string, { prefixes }: Binding) =>
  prefixes === undefined || prefixes.some((prefix) => key === prefix || key.startsWith(`${prefix}/`))

const salts = fc.array(fc.boolean(), { minLength: 16, maxLength: 16 })

/** Events of a sender that mixes its own assets and jobs with those of others: the bits of `salt` decide. */
const mixedEvents = fc
  .tuple(randomWorld('mine'), randomAliases('mine'), fc.array(salts, { minLength: 1, maxLength: 40 }))
  .map(([world, aliases, salt]) =>
    [...world, ...aliases].map((record, index) => mixed(record, salt[index % salt.length] ?? [])),
  )

function mixed({ event, recordedAt }: RecordedEvent, bits: readonly boolean[]): RecordedEvent {
  let at = 0
  const theirs = (text: string) => (bits[at++ % bits.length] ? text.replace('mine', 'others') : text)
  const typed = withKeys(event, theirs)
  return { event: withOthersJob(withOthersAlias(typed, theirs), theirs), recordedAt }
}

const withOthersAlias = ({ type, event }: HeadwaterEvent, theirs: (text: string) => string): HeadwaterEvent =>
  type === 'AssetEvent' && event.alias !== null
    ? { type, event: { ...event, alias: theirs(event.alias) } as AssetEvent }
    : ({ type, event } as HeadwaterEvent)

function withOthersJob(typed: HeadwaterEvent, theirs: (text: string) => string): HeadwaterEvent {
  if (typed.type === 'MaterializationEvent') {
    const { job, inputs, runId } = typed.event
    const described = inputs.map((input) => ({
      ...input,
      properties: { name: 'x', description: null, url: null, owners: ['eve'] },
    }))
    const event = {
      ...typed.event,
      inputs: described,
      runId: runId.replace('mine', 'others'),
      job: { ...job, namespace: theirs(job.namespace) },
    }
    return { type: typed.type, event }
  }
  if (typed.type !== 'JobEvent') return typed
  return {
    type: typed.type,
    event: { ...typed.event, job: { ...typed.event.job, namespace: theirs(typed.event.job.namespace) } },
  }
}

/** What the gateway stores of events that come one by one with a key. */
function stored(records: readonly RecordedEvent[], principal: ReturnType<typeof keyOf>): readonly RecordedEvent[] {
  return records.flatMap(({ event, recordedAt }) => {
    try {
      return permittedEvents([event], principal, 'native').map((each) => ({ event: each, recordedAt }))
    } catch {
      return []
    }
  })
}

const cases = fc.record({ others: randomWorld('others'), sent: mixedEvents, binding: fc.constantFrom(...bindings) })
const check = (
  property: (one: { others: readonly RecordedEvent[]; sent: readonly RecordedEvent[]; binding: Binding }) => void,
) => fc.assert(fc.property(cases, property), { numRuns: propertyRuns(60) })

describe('what is stored of a bound key', () => {
  it('names no job, run, asset, check or alias outside of its binding, except what it reads', () => {
    let accepted = 0
    check(({ sent, binding }) => {
      const records = stored(sent, keyOf(['ingest'], binding))
      accepted += records.length
      const log = new EventLog(records)
      const { facts, checks } = foldAssetFacts(log)
      const written = [
        ...log.runs().flatMap(({ outputs }) => [...outputs.keys()]),
        ...facts.map(({ asset }) => asset),
        ...checks.map(({ asset }) => asset),
        ...log
          .assetEvents()
          .flatMap(({ key, alias, renamedTo }) => [key, alias, renamedTo].filter((each) => each !== null)),
        ...log.jobEvents().flatMap(({ lineage }) => (lineage ?? []).map(({ output }) => output)),
        ...referenceAliases(records).accepted.flatMap(({ asset, alias }) => [asset, alias]),
      ]
      expect(written.filter((key) => !isInside(key, binding))).toEqual([])
      const jobs = [
        ...log.runs().map(({ jobNamespace }) => jobNamespace),
        ...log.jobEvents().map(({ job }) => job.namespace),
      ]
      expect(jobs.filter((namespace) => !binding.namespaces.includes(namespace))).toEqual([])
    })
    expect(accepted).toBeGreaterThan(200)
  })

  it('changes nothing that others know of assets and jobs outside of it', () => {
    check(({ others, sent, binding }) => {
      // A read of a dropped asset begins its next life, and reading is not limited.
      const writes = sent.map(({ event, recordedAt }) => ({ event: withoutReadsOfOthers(event), recordedAt }))
      const own = { ...binding, prefixes: binding.prefixes ?? ['s3://mine'] }
      if (own.namespaces.includes('others')) return
      const both = [...others, ...stored(writes, keyOf(['ingest'], own))]
      expect(knownOfOthers(both)).toEqual(knownOfOthers(others))
    })
  })

  it('is everything that an unbound key may send, where it is inside, and all of it with admin', () => {
    check(({ sent, binding }) => {
      expect(stored(sent, keyOf(['admin']))).toEqual(sent)
      const unbound = stored(sent, keyOf(['ingest']))
      expect(unbound.every((record) => sent.includes(record) || sent.some(({ event }) => event === record.event))).toBe(
        true,
      )
      const wide = { namespaces: ['mine', 'others'], prefixes: ['s3://mine', 's3://others'] }
      expect(stored(sent, keyOf(['ingest'], wide))).toEqual(unbound)
      expect(stored(sent, keyOf(['ingest'], binding)).length).toBeLessThanOrEqual(unbound.length)
    })
  })
})

function withoutReadsOfOthers(typed: HeadwaterEvent): HeadwaterEvent {
  const mine = (key: string) => key.replace('s3://others', 's3://mine')
  if (typed.type === 'MaterializationEvent') {
    const { inputs, outputs } = typed.event
    const own = outputs.map((output) => ({
      ...{ ...output, inputs: output.inputs?.map(mine) ?? null },
      columnLineage: output.columnLineage.map((column) => ({
        ...column,
        inputs: column.inputs.map((input) => ({ ...input, key: mine(input.key) })),
      })),
    }))
    return {
      type: typed.type,
      event: { ...typed.event, inputs: inputs.map((input) => ({ ...input, key: mine(input.key) })), outputs: own },
    }
  }
  if (typed.type !== 'JobEvent') return typed
  const lineage = typed.event.lineage?.map(({ output, inputs }) => ({ output, inputs: inputs.map(mine) })) ?? null
  return { type: typed.type, event: { ...typed.event, lineage } }
}

/** Edges into the assets of others, their facts and checks, their jobs and runs, and which keys are one asset. */
function knownOfOthers(records: readonly RecordedEvent[]) {
  const log = new EventLog(records)
  const graph = foldReference(log)
  const { facts, checks, sightings, metrics } = foldAssetFacts(log)
  const isTheirs = (key: string) => key.startsWith('s3://others/')
  const keys = Array.from({ length: 5 }, (_, number) => `s3://others/a${number}`)
  const { canonical } = referenceAliases(records)
  return {
    edges: (['current', 'ever'] as const).map((mode) => graph.edges(mode).filter(({ to }) => isTheirs(to))),
    runs: log.runs().filter(({ jobNamespace }) => jobNamespace === 'others'),
    ofAssets: [facts, checks, metrics].map((list) =>
      (list as readonly { readonly asset: string }[]).filter(({ asset }) => isTheirs(asset)),
    ),
    sightings: sightings.filter(({ key }) => isTheirs(key)),
    jobs: foldJobFacts(log).filter(({ jobNamespace }) => jobNamespace === 'others'),
    canonical: keys.map(canonical),
  }
}
