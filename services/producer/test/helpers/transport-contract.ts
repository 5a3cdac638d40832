import type { HeadwaterEvent } from '@headwater/schemas'
import { afterEach, expect, test, vi } from 'vitest'
import {
  addMetadata,
  addMetrics,
  createProducer,
  type ProducerOptions,
  type Transport,
  type Warning,
} from '../../src/index.ts'

/** A transport and its destination. */
export type Line = {
  readonly transport: Transport
  /** Resolves with the stored events, once there are `count`; those of one key are in order. */
  arrived(count: number): Promise<readonly HeadwaterEvent[]>
  /** Starts the destination, which runs from the beginning unless opened with `away`. */
  reach(): Promise<void>
}

export type OpenLine = (options: { readonly away: boolean }) => Promise<Line>

/** Tests that every transport must pass. */
export function transportContract(openLine: OpenLine): void {
  const undo: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step()
  })

  const open = async (away: boolean, options: Partial<ProducerOptions> = {}) => {
    const line = await openLine({ away })
    const warnings: Warning[] = []
    const onWarning = (warning: Warning) => void warnings.push(warning)
    const { transport } = line
    const producer = createProducer({ transport, namespace: 'shop', onWarning, maxBackOffMs: 500, ...options })
    undo.push(() => producer.close(2_000))
    return { ...producer, line, warnings, codes: () => warnings.map(({ code }) => code) }
  }

  test('events arrive unchanged', async () => {
    const { materialize, flow, tag, flush, codes, line } = await open(false)
    const orders = materialize('postgres://shop/db/public/orders', () => {
      addMetrics({ rows: 2 })
      return [{ id: 1 }, { id: 2 }]
    })
    const report = materialize('s3://reports/daily', (rows: object[]) => rows.length)
    expect(await flow('nightly', async () => report(await orders()))()).toBe(2)
    tag('s3://reports/daily', 'gold')
    expect(await flush(20_000)).toEqual({ delivered: 5, undelivered: 0, dropped: 0 })
    const events = (await line.arrived(5)).map(({ event }) => event)
    const made = events.find((event) => 'job' in event && event.job.name === 's3://reports/daily')
    expect(made).toMatchObject({ state: 'SUCCEEDED', inputs: [{ key: 'postgres://shop/db/public/orders' }] })
    expect(codes()).toEqual([])
  })

  test('ten thousand events arrive once and in order of their key', async () => {
    const { tag, flush, line } = await open(false)
    for (let n = 0; n < 10_000; n += 1) tag(`s3://a/${n % 10}`, String(n))
    expect(await flush(30_000)).toEqual({ delivered: 10_000, undelivered: 0, dropped: 0 })
    const events = await line.arrived(10_000)
    for (let key = 0; key < 10; key += 1) {
      const ofKey = events.filter(({ event }) => 'key' in event && event.key === `s3://a/${key}`)
      const tags = ofKey.map(({ event }) => ('tags' in event ? Number(event.tags?.[0]) : Number.NaN))
      expect(tags).toEqual(Array.from({ length: 1_000 }, (_, n) => n * 10 + key))
    }
  })

  test('an unavailable destination stops no job and gets all events once it is back', async () => {
    const { materialize, flush, codes, warnings, line } = await open(true)
    const write = materialize(shard, { name: 'write' }, (n: number) => n)
    expect(await Promise.all(Array.from({ length: 50 }, (_, n) => write(n)))).toHaveLength(50)
    const reason = expect.stringContaining('is not reachable')
    // On a busy machine the first try may still be under way after a flush.
    await vi.waitFor(
      async () => expect(await flush(1_500)).toMatchObject({ delivered: 0, undelivered: 50, reason }),
      20_000,
    )
    await line.reach()
    expect(await flush(20_000)).toEqual({ delivered: 50, undelivered: 0, dropped: 0 })
    expect((await line.arrived(50)).map(firstOutput)).toEqual(Array.from({ length: 50 }, (_, n) => shard(n)))
    expect(codes()).toEqual(['TRANSPORT_AWAY', 'TRANSPORT_BACK'])
    expect(warnings[0]?.message).toContain('is not reachable')
  })

  test('an event that is too large is dropped and blocks no other event', async () => {
    const { materialize, flush, codes, line } = await open(false, { maxTextLength: 4_000_000 })
    const write = materialize(shard, { name: 'write' }, (n: number) => {
      if (n === 3) addMetadata({ text: 'x'.repeat(3_000_000) })
    })
    for (let n = 0; n < 6; n += 1) await write(n)
    expect(await flush(20_000)).toEqual({ delivered: 5, undelivered: 0, dropped: 1 })
    expect((await line.arrived(5)).map(firstOutput)).toEqual([0, 1, 2, 4, 5].map(shard))
    expect(codes()).toEqual(['UNSENDABLE'])
  })
}

const shard = (n: number) => `s3://a/${n}`
const firstOutput = ({ event }: HeadwaterEvent) => ('outputs' in event ? event.outputs[0]?.key : undefined)
