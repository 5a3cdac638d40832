import { readdirSync, readFileSync } from 'node:fs'
import type { LogRecord } from '@headwater/kafka'
import { eventWithoutSecrets } from '@headwater/lineage'
import {
  createDecoder,
  encodeEvent,
  eventSchemas,
  eventTypes,
  type HeadwaterEvent,
  type MaterializationEvent,
} from '@headwater/schemas'
import {
  batchOf,
  buildJobEvent,
  buildMaterialization,
  noon,
  realShapedEvents,
  recordsOf,
  schemaIds,
} from '@headwater/testing/events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CommonRows } from '../../../src/fold/common/common-rows.ts'
import { foldBatch } from '../../../src/fold/fold-batch.ts'
import { EncodedRows } from '../../../src/tables/encoded-rows.ts'
import type { AssetAliasRow } from '../../../src/tables/rows.ts'
import type { RowCollector } from '../../../src/tables/table.ts'
import { ReadableRows } from '../readable-rows.ts'
import { anyText, metadata, metrics, optionalText, run, secret, secretText } from './random-runs.ts'

// An event that is recognised by its bytes must make the rows that it makes when it is decoded, byte for byte.

const tablesOfOneEvent = ['run_facts', 'asset_facts', 'job_facts', 'asset_aliases', 'checks']

/** Collects what an event makes by itself; rows that it shares with others are written by whichever comes first. */
class OwnRows implements RowCollector {
  readonly encoded = new EncodedRows()

  add: RowCollector['add'] = (table, row) => {
    if (!tablesOfOneEvent.includes(table.name)) return
    if (table.name === 'asset_aliases' && (row as AssetAliasRow).aliasedAt === 1) return // of a key's case, of all time
    this.encoded.add(table, row)
  }
}

/** Samples of what earlier versions wrote. */
const golden = new URL('../../../../../schemas/golden/', import.meta.url)
const older = readdirSync(golden).map((name, index) => {
  const { schema, payload } = JSON.parse(readFileSync(new URL(name, golden), 'utf8'))
  const value = Buffer.from(payload, 'base64')
  value.writeUInt32BE(100 + index, 1)
  return { id: 100 + index, schema: JSON.stringify(schema), value }
})

const decoder = createDecoder()
for (const type of eventTypes) decoder.learn(schemaIds[type], eventSchemas[type])
for (const { id, schema } of older) decoder.learn(id, schema)
decoder.refuse(9, 'Schema id 9 is not in the registry')

const recordsFrom = (values: readonly Buffer[]): readonly LogRecord[] =>
  values.map((value, offset) => ({
    ...{ topic: 't', partition: 0, offset, recordedAt: noon, key: null, value, retry: undefined },
  }))
const folding = { decoder, learn: async () => undefined }

async function fold(values: readonly Buffer[], common: CommonRows) {
  const rows = new OwnRows()
  const { deadLetters, recognized } = await foldBatch(batchOf(recordsFrom(values)), { ...folding, common, rows })
  const tables = rows.encoded
    .tables()
    .map(({ name, parts }) => [name, Buffer.concat(parts).toString('latin1')] as const)
  return {
    tables: Object.fromEntries(tables),
    deadLetters: deadLetters.map(({ code, reason }) => [code, reason]),
    recognized,
  }
}

/** Folds each by itself, with nothing to recognise it by, and all in one after what may make them known. */
async function bothWays(values: readonly Buffer[], before: readonly Buffer[] = values) {
  const common = new CommonRows()
  await fold(before, common)
  const { recognized, ...together } = await fold(values, common)
  for (const value of values) {
    const alone = await fold([value], new CommonRows())
    const again = await fold([value], common)
    expect({ ...again, recognized: 0 }).toEqual(alone)
    expect(alone.recognized).toBe(0)
  }
  return { recognized, ...together }
}

const encode = (event: HeadwaterEvent): Buffer => encodeEvent(event, schemaIds)
const realEvents = Array.from({ length: 160 }, (_, number) => realShapedEvents(number, noon + number).events).flat()
const isRun = (event: HeadwaterEvent) => event.type === 'MaterializationEvent'

describe('an event makes the same rows, recognised or decoded', () => {
  it('as Airflow, dbt, Spark, Dagster and the Python client send it, and nearly all are recognised', async () => {
    const { recognized, deadLetters } = await bothWays(realEvents.map(encode))
    expect(deadLetters).toEqual([])
    expect(recognized).toBeGreaterThan(realEvents.length * 0.9)
    const runs = realEvents.filter(isRun)
    expect((await bothWays(runs.map(encode))).recognized).toBe(runs.length)
  })

  it('whatever texts it holds, its metadata JSON or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
        await bothWays(runs.map((parts) => encode(buildMaterialization({ ...parts, eventId: 'e' }))))
      }),
      { numRuns: 100 },
    )
  })

  it('whatever differs between runs of a job that names the same', async () => {
    const part = fc.record({ metadata, error: optionalText, producer: anyText, outputMetadata: metadata, metrics })
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
        const values = parts.map(({ outputMetadata, metrics: numbers, ...rest }) =>
          encode(
            buildMaterialization({
              ...{
                ...rest,
                inputs: ['s3://in'],
                outputs: [{ key: 's3://out', metadata: outputMetadata, metrics: numbers }],
              },
            }),
          ),
        )
        await bothWays(values, [encode(buildMaterialization({ inputs: ['s3://in'], outputs: ['s3://out'] }))])
      }),
      { numRuns: 100 },
    )
  })

  it('without its secrets, as the same event without them', async () => {
    const part = fc.record({ metadata, error: optionalText, producer: secretText, outputMetadata: metadata })
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), async (parts) => {
        const events = parts.map(({ outputMetadata, ...rest }) => ({
          type: 'MaterializationEvent' as const,
          event: buildMaterialization({
            ...{ ...rest, inputs: [`postgres://bob:${secret}@host/in`] },
            outputs: [{ key: 's3://out', metadata: outputMetadata }],
          }).event as MaterializationEvent,
        }))
        const rows = await bothWays(events.map(encode))
        expect(JSON.stringify(rows)).not.toContain(secret)
        expect(rows.tables).toEqual((await bothWays(events.map(eventWithoutSecrets).map(encode))).tables)
      }),
      { numRuns: 100 },
    )
  })

  it('without a secret that only its name tells, also where the length of the value is a letter', async () => {
    const runs = Array.from({ length: 70 }, (_, length) => {
      const metadata = { 'x.sig': JSON.stringify('x9'.repeat(length + 1)) }
      return encode(buildMaterialization({ metadata, outputs: ['s3://out'] }))
    })
    const rows = await bothWays(runs, [encode(buildMaterialization({ outputs: ['s3://out'] }))])
    expect(JSON.stringify(rows)).not.toContain('x9')
  })

  it('also when its bytes are broken, are of a schema that is not known, or were written by an earlier version', async () => {
    const whole = realEvents.slice(0, 60).map(encode)
    const unknown = Buffer.from(whole[0] as Buffer)
    unknown.writeUInt32BE(9, 1)
    const { deadLetters } = await bothWays([...older.map(({ value }) => value), unknown, ...whole])
    expect(deadLetters).toEqual([['UNKNOWN_SCHEMA', 'Schema id 9 is not in the registry']])
    const changed = fc.record({ index: fc.nat(whole.length - 1), at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() })
    const common = new CommonRows()
    await fold(whole, common)
    await fc.assert(
      fc.asyncProperty(changed, async ({ index, at, byte, cut }) => {
        const value = Buffer.from(whole[index] as Buffer)
        value[at % value.length] = byte
        const broken = cut ? value.subarray(0, at % value.length) : value
        const { recognized: _, ...known } = await fold([broken], common)
        const { recognized: __, ...alone } = await fold([broken], new CommonRows())
        expect(known).toEqual(alone)
      }),
      { numRuns: 1_000 },
    )
  })

  it('also when a map holds an entry twice or comes in several blocks', async () => {
    const plain = encode(buildMaterialization({ outputs: ['s3://out'], metadata: {} }))
    const body = plain.subarray(0, -1)
    const text = (value: string) => Buffer.concat([Buffer.from([value.length * 2]), Buffer.from(value)])
    const entry = (entryKey: string, value: string) => Buffer.concat([text(entryKey), text(value)])
    const [two, one, none, minusOne] = [Buffer.from([4]), Buffer.from([2]), Buffer.from([0]), Buffer.from([1])]
    const sized = Buffer.concat([minusOne, Buffer.from([8]), entry('a', '1')])
    const maps = [
      [two, entry('a', '1'), entry('a', '2'), none],
      [two, entry('b', '1'), entry('1', '2'), none],
      [one, entry('a', '1'), one, entry('b', '2'), none],
      [sized, none],
      [one, Buffer.concat([text('a'), Buffer.from([4, 0x22, 0xff])]), none],
      [one, Buffer.concat([text('a'), Buffer.from([6, 0x22, 0xff, 0x22])]), none],
    ]
    await bothWays(
      maps.map((map) => Buffer.concat([body, ...map])),
      [plain],
    )
  })
})

it('adds the sightings of the assets it names, also when it is recognised on another day', async () => {
  const events = [noon, noon + 1, noon - 1, noon, noon + 86_400_000, noon].map((occurredAt) =>
    encode(buildMaterialization({ occurredAt, inputs: ['s3://in'], outputs: ['s3://out'] })),
  )
  const common = new CommonRows()
  const counts: number[][] = []
  for (const event of events) {
    const rows = new ReadableRows()
    const { recognized } = await foldBatch(batchOf(recordsFrom([event])), { ...folding, common, rows })
    counts.push([recognized, rows.of('asset_sightings').length])
  }
  expect(counts).toEqual([
    [0, 2],
    [1, 0],
    [1, 2],
    [1, 0],
    [1, 2],
    [1, 0],
  ])
})

it('refuses times that no event may have, whatever is remembered', async () => {
  const jobEvent = (occurredAt: number) => encode(buildJobEvent({ occurredAt, job: 'load', owners: ['ann'] }))
  const run = (occurredAt: number) => encode(buildMaterialization({ occurredAt, outputs: [] }))
  const times = [0, 2 ** 47]
  const { deadLetters } = await bothWays([...times.map(jobEvent), ...times.map(run)], [jobEvent(noon), run(noon)])
  expect(deadLetters.map(([code]) => code)).toEqual(Array(4).fill('INVALID_EVENT'))
})

it('does not confuse records of two kinds', async () => {
  const event = buildMaterialization({ outputs: ['s3://out'] }).event satisfies MaterializationEvent
  const [record] = recordsOf([{ type: 'MaterializationEvent', event }])
  const value = Buffer.from(record?.value ?? '')
  await bothWays([value])
  value.writeUInt32BE(schemaIds.JobEvent, 1)
  await bothWays([value], realEvents.slice(0, 20).map(encode))
})
