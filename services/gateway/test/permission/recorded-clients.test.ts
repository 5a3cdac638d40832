import { readFileSync } from 'node:fs'
import { headwaterEventsOf, readOpenLineageEvent } from '@headwater/openlineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { expect, it } from 'vitest'
import { permittedEvents } from '../../src/permission/permitted-events.ts'
import { keyOf } from './guarded-gateway.ts'

const fixtures = new URL('../../../openlineage/test/fixtures/', import.meta.url)

/** The events of each report that a real client sent. */
const reportsOf = (client: string): readonly (readonly HeadwaterEvent[])[] =>
  readFileSync(new URL(`${client}.ndjson`, fixtures), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const read = readOpenLineageEvent(JSON.parse(line))
      if ('problems' in read) throw new Error(JSON.stringify(read.problems))
      return headwaterEventsOf(read.event)
    })

const unique = (texts: readonly string[]) => [...new Set(texts)]

/** A key bound to exactly the jobs and outputs of these reports, and to the other names of the outputs. */
function narrowKey(events: readonly HeadwaterEvent[]) {
  const outputs = unique(
    events.flatMap(({ type, event }) => (type === 'MaterializationEvent' ? event.outputs.map(({ key }) => key) : [])),
  )
  const aliases = events.flatMap(({ type, event }) =>
    type === 'AssetEvent' && event.change === 'ALIASED' && outputs.includes(event.key) ? [event.alias ?? ''] : [],
  )
  const namespaces = unique(events.flatMap(({ event }) => ('job' in event ? [event.job.namespace] : [])))
  return keyOf(['ingest'], { namespaces, prefixes: unique([...outputs, ...aliases]) })
}

// Besides its outputs a client may write exposures, the asset that it drops, and the former name of the one that it renames.
it.each([
  ['airflow', []],
  ['dagster', []],
  ['flink', []],
  [
    'dbt-artifacts',
    ['declares lineage of dashboard://orchard/yield_board', 'reports DESCRIBED of dashboard://orchard/yield_board'],
  ],
  [
    'dbt-structured-logs',
    ['declares lineage of dashboard://orchard/yield_board', 'reports DESCRIBED of dashboard://orchard/yield_board'],
  ],
  ['spark', ['reports DROPPED of s3://orchard-lake/warehouse/orchard.db/variety_ranks_old']],
  ['python-client-facets', ['reports RENAMED of postgres://orchard.example/shop/public/crates']],
] as const)('%s needs its namespaces, and the prefixes of what it writes: %o', (client, refused) => {
  const reports = reportsOf(client)
  const key = narrowKey(reports.flat())
  const details = reports.flatMap((events) => {
    try {
      const kept = permittedEvents(events, key, 'openlineage')
      expect(kept.map(({ type }) => type)).toContain(events[0]?.type)
      return []
    } catch (error) {
      return (error as { facts: { errors: readonly { detail: string }[] } }).facts.errors.map(({ detail }) => detail)
    }
  })
  expect(unique(details)).toEqual(refused.map((each) => `The event ${each}`))
})

it('changes nothing for the same clients with a key that is not bound', () => {
  for (const client of ['airflow', 'spark', 'dbt-artifacts']) {
    for (const events of reportsOf(client))
      expect(permittedEvents(events, keyOf(['ingest']), 'openlineage')).toBe(events)
  }
})
