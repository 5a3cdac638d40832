import type {
  AssetEvent,
  CheckEvent,
  EventType,
  HeadwaterEvent,
  JobEvent,
  MaterializationEvent,
} from '@headwater/schemas'
import { headwaterEventsOf, type MappingOptions, readOpenLineageEvent } from '../../src/index.ts'

export const runId = '0190f1a2-0000-7000-8000-000000000001'

/** A RunEvent as clients send it; `parts` replaces properties. */
export const runEvent = (parts: object = {}) => ({
  eventTime: '2024-05-01T12:00:00.000Z',
  producer: 'https://github.com/OpenLineage/OpenLineage/tree/1.30.0/integration/spark',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  eventType: 'COMPLETE',
  run: { runId },
  job: { namespace: 'warehouse', name: 'load_orders' },
  inputs: [],
  outputs: [],
  ...parts,
})

export const dataset = (name: string, parts: object = {}) => ({
  namespace: 'postgres://db:5432',
  name: `shop.public.${name}`,
  ...parts,
})

export const keyOfTable = (name: string) => `postgres://db/shop/public/${name}`

export const facet = (content: object) => ({
  _producer: 'https://example.com/client',
  _schemaURL: 'https://openlineage.io/spec/facets/1-0-0/AFacet.json',
  ...content,
})

/** Maps a body and sorts the events by type; throws where the body is not a valid event. */
export function mapped(body: unknown, options?: MappingOptions) {
  const read = readOpenLineageEvent(body)
  if ('problems' in read) throw new Error(`Invalid event: ${JSON.stringify(read.problems)}`)
  const events = headwaterEventsOf(read.event, options)
  return {
    events,
    runs: ofType<MaterializationEvent>(events, 'MaterializationEvent'),
    assets: ofType<AssetEvent>(events, 'AssetEvent'),
    jobs: ofType<JobEvent>(events, 'JobEvent'),
    checks: ofType<CheckEvent>(events, 'CheckEvent'),
    stated: (key: string) =>
      ofType<AssetEvent>(events, 'AssetEvent').find((event) => event.key === key && event.change === 'STATED'),
    output: (key: string) =>
      ofType<MaterializationEvent>(events, 'MaterializationEvent')[0]?.outputs.find((output) => output.key === key),
  }
}

const ofType = <T>(events: readonly HeadwaterEvent[], type: EventType): T[] =>
  events.filter((event) => event.type === type).map(({ event }) => event as T)
