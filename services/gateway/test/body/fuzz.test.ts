import { gzipSync } from 'node:zlib'
import { eventProblem } from '@headwater/lineage'
import { createDecoder, eventSchemas, eventTypes } from '@headwater/schemas'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { BatchingEventLog } from '../../src/log/batching-event-log.ts'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { InMemoryRecordSender, schemaIds } from '../log/in-memory-record-sender.ts'

const sender = new InMemoryRecordSender()
const limits = { maxBytes: 1 << 26, maxRecords: 10_000, deadlineMs: 4_000 }
const observer = { sent: () => undefined, failed: (error: Error) => expect.unreachable(error.message) }
const log = new BatchingEventLog({ sender, limits, maxRecordBytes: 1_000_000, observer })
log.open(schemaIds)
const app = await buildApp({ log, maxBodyBytes: 200_000 })
const refusals = [
  'INVALID_EVENT',
  'INVALID_JSON',
  'INVALID_TEXT',
  'JSON_TOO_DEEP',
  'BROKEN_COMPRESSION',
  'INVALID_PARAMETER',
  'BODY_TOO_LARGE',
]
const paths = ['/api/v1/lineage', '/api/v1/lineage/batch', '/api/v1/events', '/api/v1/aliases'] as const
const native = {
  type: 'MaterializationEvent',
  job: 'a/b',
  occurredAt: 1,
  inputs: ['s3://a/b'],
  outputs: [{ key: 's3://a/c', metrics: { n: 1 } }],
}
const seeds = [openLineageRun(), native, [native, openLineageRun()], { key: 's3://a/b', alias: 's3://a/c' }]

const names = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'job',
  'run',
  '',
  '\u0000',
)
const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>('x'.repeat(100_000), 1e308, -1, 2 ** 60, '', '\u0000', '\ud800', true, null, [], {}, [
    [[[]]],
  ]),
  fc.dictionary(names, fc.jsonValue()),
)

type Tree = { [name: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** Every place of a value, as the object that holds it and its name there. */
function placesOf(value: unknown): [Tree, string][] {
  return isTree(value)
    ? Object.keys(value).flatMap((name) => [[value, name] as [Tree, string], ...placesOf(value[name])])
    : []
}

type Mutation = { readonly at: number; readonly value: unknown; readonly name: string | undefined }
function mutated(seed: unknown, mutations: readonly Mutation[]): unknown {
  const value: Tree = { root: structuredClone(seed) } as Tree
  for (const { at, value: other, name } of mutations) {
    const places = placesOf(value)
    const [holder, place] = places[at % places.length] ?? [value, 'root']
    const target =
      name === undefined || !isTree(holder[place]) ? ([holder, place] as const) : ([holder[place], name] as const)
    Object.defineProperty(target[0], target[1], {
      value: structuredClone(other),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return value['root']
}

const mutation = fc.record({ at: fc.nat(), value: strange, name: fc.option(names, { nil: undefined }) })
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '')

/** What is done to the bytes of a body: nothing, cut, a byte changed, compressed and cut. */
const damage = fc.oneof(
  fc.constant((bytes: Buffer) => ({ bytes, gzip: false })),
  fc.nat().map((at) => (bytes: Buffer) => ({ bytes: bytes.subarray(0, at % (bytes.length + 1)), gzip: false })),
  fc.tuple(fc.nat(), fc.nat(255)).map(([at, byte]) => (bytes: Buffer) => {
    const changed = Buffer.from(bytes)
    changed[at % changed.length] = byte
    return { bytes: changed, gzip: false }
  }),
  fc.nat().map((at) => (bytes: Buffer) => {
    const compressed = gzipSync(bytes)
    return { bytes: compressed.subarray(0, at % (compressed.length + 1)), gzip: true }
  }),
)

it('answers any body with success or with the problem in it', { timeout: 120_000 }, async () => {
  const body = fc.tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: 3 }), damage)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), body, async (url, [seed, mutations, damaged]) => {
      const { bytes, gzip } = damaged(bytesOf(mutated(seed, mutations)))
      const headers = gzip ? { 'content-encoding': 'gzip' } : {}
      const answer = await app.inject({ method: 'POST', url, payload: bytes, headers })
      const code = `${answer.statusCode} ${answer.body.slice(0, 300)}`
      expect([200, 201, 204, 400, 413], code).toContain(answer.statusCode)
      expect(answer.headers).not.toHaveProperty('retry-after')
      if (answer.statusCode >= 400) expect(refusals, code).toContain(answer.json().code)
      expect(answer.body).not.toContain('UNREADABLE_EVENT')
    }),
    { numRuns: 3_000 },
  )
  await log.close(1_000)
  const decoder = createDecoder()
  for (const type of eventTypes) decoder.learn(schemaIds[type], eventSchemas[type])
  expect(sender.records.length).toBeGreaterThan(100)
  for (const { value } of sender.records) expect(eventProblem(decoder.decode(value))).toBeUndefined()
})
