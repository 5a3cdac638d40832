import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { ingestBatch } from '../../src/events/ingest-batch.ts'

const position = { topic: 't', partition: 0, offset: 1n } as never

describe('a batch', () => {
  it('reports each failed event and stores the rest', async () => {
    const refused = new GatewayError('INVALID_EVENT', 'not an event')
    const outcome = await ingestBatch([1, 2, 3], async (value) => {
      if (value === 2) throw refused
      return [position]
    })
    expect(outcome).toEqual({ received: 3, positions: [position, position], failed: [{ index: 1, error: refused }] })
  })

  it('fails completely on an unexpected error', async () => {
    await expect(ingestBatch([1], () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
  })

  it('yields to other requests between slow events', async () => {
    let hadTurn = false
    setImmediate(() => {
      hadTurn = true
    })
    const seen: boolean[] = []
    await ingestBatch([1, 2], async () => {
      seen.push(hadTurn)
      for (const end = performance.now() + 30; performance.now() < end; );
      return []
    })
    expect(seen).toEqual([false, true])
  })

  it('keeps the order where the log becomes available in the middle: no later event is stored', async () => {
    const starting = new GatewayError('LOG_UNAVAILABLE', 'the gateway is starting')
    let isOpen = false
    const slow = async (value: unknown) => {
      for (const end = performance.now() + 30; performance.now() < end; );
      if (value !== 1) isOpen = true
      if (!isOpen) throw starting
      return [position]
    }
    expect((await ingestBatch([1, 2, 3], slow)).failed.map(({ index }) => index)).toEqual([0, 1, 2])
  })
})
