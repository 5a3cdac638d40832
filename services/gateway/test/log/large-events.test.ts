import { createDecoder, eventSchemas, eventTypes, type MaterializationEvent } from '@headwater/schemas'
import { afterAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { BatchingEventLog } from '../../src/log/batching-event-log.ts'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { InMemoryRecordSender, schemaIds } from './in-memory-record-sender.ts'

// The default limits of a gateway.
const maxRecordBytes = 1_000_000
const sender = new InMemoryRecordSender()
const log = new BatchingEventLog({
  ...{ sender, maxRecordBytes, limits: { maxBytes: 64 << 20, maxRecords: 20_000, deadlineMs: 60_000 } },
  observer: { sent: () => undefined, failed: () => undefined },
})
log.open(schemaIds)
afterAll(() => log.close(1_000))
const app = await buildApp({ log })

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const facet = (content: object) => ({
  _producer: 'https://example.org/test',
  _schemaURL: 'https://example.org',
  ...content,
})
const dataset = (name: string, facets: object = {}) => ({
  namespace: 'snowflake://org-acct',
  name: `shop.public.${name}`,
  facets,
})
const schema = (columns: number, description = '') =>
  facet({ fields: many(columns, (at) => ({ name: `column_${at}`, type: 'varchar(255)', description })) })

/** Decodes the records that an event was divided into, each within the limit. */
async function recordsOf(event: object) {
  const before = sender.records.length
  const payload = JSON.stringify({ ...openLineageRun(), ...event })
  const { statusCode } = await app.inject({ method: 'POST', url: '/api/v1/lineage', payload })
  const records = sender.records.slice(before)
  for (const { value } of records) expect(value.length).toBeLessThan(maxRecordBytes)
  const decoder = createDecoder()
  for (const type of eventTypes) decoder.learn(schemaIds[type], eventSchemas[type])
  const runs = records.map(({ value }) => decoder.decode(value)).filter(({ type }) => type === 'MaterializationEvent')
  return { statusCode, bytes: payload.length, runs: runs.map(({ event }) => event as MaterializationEvent) }
}

describe('an event of several megabytes is stored completely', () => {
  it('with 20,000 described columns', async () => {
    const description = 'A description that makes the column larger.'
    const { statusCode, bytes, runs } = await recordsOf({
      outputs: [dataset('wide', { schema: schema(20_000, description) })],
    })
    expect(statusCode).toBe(201)
    expect(bytes).toBeGreaterThan(2_000_000)
    expect(runs.flatMap(({ outputs }) => outputs.flatMap((output) => output.schema ?? []))).toHaveLength(20_000)
  })

  it('with 300 inputs and 300 outputs of 100 columns each', async () => {
    const side = (name: string) => many(300, (at) => dataset(`${name}${at}`, { schema: schema(100, 'A column') }))
    const { statusCode, bytes, runs } = await recordsOf({ inputs: side('in'), outputs: side('out') })
    expect(statusCode).toBe(201)
    expect(bytes).toBeGreaterThan(4_000_000)
    expect(new Set(runs.flatMap(({ inputs }) => inputs.map(({ key }) => key))).size).toBe(300)
    expect(new Set(runs.flatMap(({ outputs }) => outputs.map(({ key }) => key))).size).toBe(300)
  })

  it('with 5,000 columns of five upstream columns each', async () => {
    const inputFields = (at: number) =>
      many(5, (n) => ({
        ...{ namespace: 'snowflake://org-acct', name: `shop.public.in${n}`, field: `column_${at}` },
        transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'coalesce(a, b)', masking: false }],
      }))
    const fields = Object.fromEntries(many(5_000, (at) => [`column_${at}`, { inputFields: inputFields(at) }]))
    const { statusCode, runs } = await recordsOf({
      inputs: many(5, (n) => dataset(`in${n}`)),
      outputs: [dataset('out', { columnLineage: facet({ fields }) })],
    })
    expect(statusCode).toBe(201)
    const links = runs.flatMap(({ outputs }) => outputs.flatMap(({ columnLineage }) => columnLineage))
    expect(links.reduce((sum, { inputs }) => sum + inputs.length, 0)).toBe(25_000)
    expect(runs.length).toBeGreaterThan(1)
  })
})

it('refuses an event with one part that is too large, and stores none of it', async () => {
  const before = sender.records.length
  expect(await recordsOf({ outputs: [dataset('wide', { schema: schema(60_000) })] })).toMatchObject({ statusCode: 413 })
  expect(sender.records.length).toBe(before)
})
