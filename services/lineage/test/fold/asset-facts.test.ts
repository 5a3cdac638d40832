import { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization, noon } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { foldAssetFacts } from '../../src/fold/asset-facts.ts'
import { isDropped } from '../../src/fold/asset-life.ts'
import { EventLog } from '../../src/fold/event-log.ts'
import { latestEntries, latestValue } from '../../src/fold/fact.ts'
import { foldJobFacts } from '../../src/fold/job-facts.ts'

const logOf = (...events: readonly ConstructorParameters<typeof EventLog>[0][number]['event'][]) =>
  new EventLog(events.map((event) => ({ event, recordedAt: event.event.occurredAt })))

const reports = [
  buildAssetEvent({ key: 'a', change: 'OWNED', owners: ['ann'], occurredAt: noon }),
  buildAssetEvent({
    ...{ key: 'a', change: 'STATED', owners: ['bob'], occurredAt: noon + 1 },
    ...{ metadata: { rows: '1', team: '"x"' }, metrics: { bytes: 3 } },
  }),
  buildAssetEvent({ key: 'a', change: 'STATED', removed: ['owners', 'metadata:rows'], occurredAt: noon + 2 }),
]

describe('Facts about an asset', () => {
  it('have the latest value of each facet, until it is withdrawn', () => {
    const { facts } = foldAssetFacts(logOf(...reports), { asOf: noon + 1 })
    expect(latestValue(facts, 'owners')).toEqual(['bob'])
    expect(latestEntries(facts, 'metadata')).toEqual({ rows: 1, team: 'x' })
    expect(latestEntries(facts, 'metric')).toEqual({ bytes: 3 })
    const all = foldAssetFacts(logOf(...reports)).facts
    expect(latestValue(all, 'owners')).toBeUndefined()
    expect(latestEntries(all, 'metadata')).toEqual({ team: 'x' })
  })

  it('include sightings of every key that an event contains', () => {
    const { sightings } = foldAssetFacts(
      logOf(
        buildMaterialization({ inputs: ['i'], outputs: [{ key: 'o', inputs: ['own'] }] }),
        buildCheckEvent({ key: 'c', check: {} }),
        buildJobEvent({ job: 'load', lineage: [{ output: 'x', inputs: ['y'] }] }),
      ),
    )
    expect(sightings.map(({ key }) => key).sort()).toEqual(['c', 'i', 'o', 'own', 'x', 'y'])
  })

  it('name the run that measured a metric or made a check', () => {
    const run = buildMaterialization({ runId: 'r', outputs: [{ key: 'o', metrics: { rows: 1 }, checks: [] }] })
    const { metrics } = foldAssetFacts(logOf(run))
    expect(metrics).toMatchObject([{ asset: 'o', name: 'rows', value: 1, run: { jobName: 'load', runId: 'r' } }])
  })
})

describe('Facts about a job', () => {
  it('have the lineage of its latest declaration', () => {
    const declare = (second: number, input: string) =>
      buildJobEvent({ job: 'load', lineage: [{ output: 'o', inputs: [input] }], occurredAt: noon + second })
    const facts = foldJobFacts(logOf(declare(2, 'new'), declare(1, 'old')))
    expect(latestValue(facts, 'lineage')).toEqual([{ output: 'o', inputs: ['new'] }])
    const withdrawn = buildJobEvent({ job: 'load', removed: ['lineage'], occurredAt: noon + 3 })
    expect(latestValue(foldJobFacts(logOf(declare(1, 'old'), withdrawn)), 'lineage')).toBeUndefined()
  })
})

describe('An asset', () => {
  it.each([
    [undefined, undefined, false],
    [undefined, 5, false],
    [5, undefined, true],
    [5, 4, true],
    [5, 5, false],
    [5, 6, false],
  ])('with the last drop at %s and the last success at %s is dropped: %s', (lastDrop, lastSuccess, expected) => {
    expect(isDropped({ lastDrop, lastSuccess })).toBe(expected)
  })
})
