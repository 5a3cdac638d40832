import { assetEventDefaults, encodeEvent, type HeadwaterEvent } from '@headwater/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodedWithoutSecrets, eventWithoutSecrets } from '../../src/index.ts'

const secret = 'q9Zx7Wm2Kp4T'
const names = fc.oneof(fc.constantFrom('pw', 'sas', 'x.sig', 'apiKey', 'a.token', 'design', 'note'), fc.string())
const texts = fc.oneof(
  fc.constantFrom(`password=${secret}`, `postgres://bob:${secret}@host`, 'x'.repeat(55), 'signup', ''),
  ...[fc.string({ maxLength: 70 }), fc.json()],
)
const metadata = fc.dictionary(names, texts, { noNullPrototype: true, maxKeys: 4 })

type Parts = {
  readonly metadata: Record<string, string>
  readonly ofOutput: Record<string, string>
  readonly text: string
}

const eventsOf = ({ metadata, ofOutput, text }: Parts): readonly HeadwaterEvent[] => {
  const job = { namespace: 'n', name: text, type: null }
  const head = { eventId: 'e', occurredAt: 1, producer: 'p' }
  const none = { inputs: null, properties: null, schema: null, columnLineage: [], checks: [], metrics: {} }
  const run = {
    ...{
      ...head,
      runId: 'r',
      state: 'FAILED' as const,
      job,
      parent: null,
      root: null,
      by: null,
      error: text,
      metadata,
    },
    ...{ startedAt: null, nominalStart: null, nominalEnd: null, inputs: [{ key: text, properties: null }] },
    outputs: [{ ...none, key: 's3://a', metadata: ofOutput }],
  }
  const asset = { ...assetEventDefaults, ...head, key: text, change: 'STATED' as const, metadata }
  return [
    { type: 'MaterializationEvent', event: run },
    { type: 'AssetEvent', event: asset },
    {
      type: 'JobEvent',
      event: { ...head, job, description: text, owners: null, tags: null, metadata, removed: [], lineage: null },
    },
  ]
}

describe('decodedWithoutSecrets', () => {
  const ids = { MaterializationEvent: 1, AssetEvent: 1, CheckEvent: 1, JobEvent: 1 }

  it('is the event without secrets, whatever it holds', () => {
    fc.assert(
      fc.property(fc.record({ metadata, ofOutput: metadata, text: texts }), (parts) => {
        for (const event of eventsOf(parts)) {
          expect(decodedWithoutSecrets(event, encodeEvent(event, ids))).toEqual(eventWithoutSecrets(event))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(['pw', 'sas', 'sig', 'x.sig'])('hides what metadata holds under %s, however long', (name) => {
    for (let length = 1; length < 80; length++) {
      const value = { [name]: JSON.stringify('x9'.repeat(length)) }
      for (const event of eventsOf({ metadata: value, ofOutput: value, text: '' })) {
        const masked = decodedWithoutSecrets(event, encodeEvent(event, ids))
        expect(JSON.stringify(masked)).not.toContain('x9')
      }
    }
  })
})
