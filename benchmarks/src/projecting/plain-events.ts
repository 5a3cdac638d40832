import { createHash } from 'node:crypto'
import { encodeEvent, type SchemaIds } from '@headwater/schemas'
import type { LogMessage, Workload } from './workload.ts'

const models = 20_000

/** A run of one of 20,000 warehouse models: one event, two inputs, one output, one metric, no metadata; some 330 bytes of Avro. */
export const plainEvents: Workload = { name: 'plain', prepare: (ids) => (number) => plainMessage(number, ids) }

function plainMessage(number: number, ids: SchemaIds): LogMessage {
  const model = number % models
  const table = (layer: string, index: number) => `postgres://db.internal/warehouse/${layer}/table_${index % models}`
  const occurredAt = Date.now()
  const event = {
    ...{ eventId: uuidOf(`event ${number}`), occurredAt, producer: 'benchmark/1', runId: uuidOf(`run ${number}`) },
    job: { namespace: 'warehouse', name: `model_${model}`, type: 'model' },
    ...{ state: 'SUCCEEDED' as const, startedAt: occurredAt - 1_000, nominalStart: null, nominalEnd: null },
    ...{ parent: null, root: null, by: 'dbt', error: null },
    inputs: [1, 2].map((step) => ({ key: table('staging', model * 7 + step), properties: null })),
    outputs: [
      {
        ...{ key: table('marts', model), inputs: null, properties: null, metadata: {}, metrics: { rows: model } },
        ...{ schema: null, columnLineage: [], checks: [] },
      },
    ],
    metadata: {},
  }
  return { key: event.runId, value: encodeEvent({ type: 'MaterializationEvent', event }, ids), isRun: true }
}

function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
