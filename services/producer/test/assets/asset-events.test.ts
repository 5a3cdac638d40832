import { assetEventDefaults } from '@headwater/schemas'
import { expect, test } from 'vitest'
import { asset } from '../../src/index.ts'
import { testProducer } from '../helpers/test-producer.ts'

test('each call sends one asset event', async () => {
  const { transport, flush, ...say } = testProducer({ now: () => 1_000 })
  const orders = asset('s3://a/orders')
  say.describeAsset(orders, { name: 'Orders', url: 'https://a/orders' })
  say.own(orders, 'sales', 'ada@example.com')
  say.tag(orders, 'pii')
  say.alias(orders, 's3a://a/orders')
  say.unalias(orders, 's3a://a/orders')
  say.renameAsset(orders, 's3://b/orders')
  say.setFreshness(orders, { kind: 'MAX_AGE', warnAfterMs: 1_000 })
  say.setFreshness(orders, null)
  say.dropAsset(orders)
  await flush()
  const common = {
    ...assetEventDefaults,
    key: 's3://a/orders',
    occurredAt: 1_000,
    producer: 'headwater-producer/0.1.0',
  }
  expect(transport.events.map(({ event }) => event)).toEqual(
    [
      { change: 'DESCRIBED', properties: { name: 'Orders', description: null, url: 'https://a/orders', owners: null } },
      { change: 'OWNED', owners: ['sales', 'ada@example.com'] },
      { change: 'TAGGED', tags: ['pii'] },
      { change: 'ALIASED', alias: 's3a://a/orders' },
      { change: 'UNALIASED', alias: 's3a://a/orders' },
      { change: 'RENAMED', renamedTo: 's3://b/orders' },
      {
        change: 'POLICY_SET',
        policy: { kind: 'MAX_AGE', warnAfterMs: 1_000, errorAfterMs: null, cron: null, timeZone: null, graceMs: null },
      },
      { change: 'POLICY_SET', policy: null },
      { change: 'DROPPED' },
    ].map((change) => ({ ...common, ...change, eventId: expect.stringMatching(/-7/) })),
  )
})

test('a check outside of a run is one check event', async () => {
  const { recordCheck, transport, flush } = testProducer()
  recordCheck('s3://a/orders', { name: 'not empty', passed: false }, 'run-1')
  await flush()
  expect(transport.events[0]).toMatchObject({
    type: 'CheckEvent',
    event: { key: 's3://a/orders', runId: 'run-1', check: { name: 'not empty', status: 'FAIL' } },
  })
})

test('an invalid key gives a warning', async () => {
  const { tag, alias, recordCheck, transport, flush, stats } = testProducer()
  tag('no key', 'x')
  alias('s3://a/b', 'no key')
  recordCheck('no key', { name: 'a', passed: true })
  await flush()
  expect(transport.events).toEqual([])
  expect(stats().problems).toEqual({ INVALID_KEY: 3 })
})
