import { buildMaterialization, noon } from '@headwater/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toOpenLineage } from '../../src/index.ts'
import type { OpenLineageEvent } from '../../src/open-lineage-event.ts'
import { anyEvent } from './any-event.ts'
import { violations } from './specification.ts'

test('every event follows the specification, and so do its facets', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      expect(toOpenLineage(event).flatMap(violations)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

const [event] = toOpenLineage(
  buildMaterialization({ nominalStart: noon, outputs: [{ key: 's3://lake/orders', metrics: { rows: 5 } }] }),
) as [OpenLineageEvent]

type Json = Record<string, unknown>

/** The event with `value` at `path`; without the property where `value` is undefined. */
function changed(path: string, value: unknown): OpenLineageEvent {
  const copy = JSON.parse(JSON.stringify(event))
  const names = path.split('.')
  const owner = names.slice(0, -1).reduce<Json>((found, name) => found[name] as Json, copy)
  owner[names.at(-1) ?? ''] = value
  return JSON.parse(JSON.stringify(copy))
}

test.each([
  ['a run id that is not a UUID', 'run.runId', 'run 7'],
  ['a producer that is not a URI', 'producer', 'my tool'],
  ['a missing job name', 'job.name', undefined],
  ['a dataset without namespace', 'outputs.0.namespace', undefined],
  ['an unknown property', 'ran', true],
  ['an unknown event type', 'eventType', 'DONE'],
  ['an unknown schema', 'schemaURL', 'https://example.com/event.json'],
  ['a facet without its producer', 'run.facets.nominalTime._producer', undefined],
  ['a facet with an invalid time', 'run.facets.nominalTime.nominalStartTime', 'noon'],
  ['a fraction of a row', 'outputs.0.outputFacets.outputStatistics.rowCount', 0.5],
  ['a facet of the specification without its own schema', 'job.facets.ownership', { _producer: 'a:b', owners: [] }],
])('%s violates the specification', (_, path, value) => {
  expect(violations(event)).toEqual([])
  expect(violations(changed(path, value))).not.toEqual([])
})
