import { describe, expect, it } from 'vitest'
import { findCompleteness } from '../../src/doctor/completeness-findings.ts'
import { findConsumer } from '../../src/doctor/consumer-finding.ts'
import { stubServer } from '../stub-server.ts'

const gap = { topic: 'events', partition: 0, firstOffset: 3, lastOffset: 5 }
const missing = { missingRecords: 3, gaps: [gap] }
const remedy = 'See docs/operations.md, "Records were deleted before they were folded"'

describe('what was deleted before it was read', () => {
  it('is a finding of the log, which needs nothing to be repaired', async () => {
    const { baseUrl } = await stubServer({ status: 200, body: { completeness: { complete: false, ...missing } } })
    const detail = 'missing: 3 records of the log, deleted before they were folded (events:0:3-5)'
    expect(await findCompleteness(baseUrl, undefined)).toEqual([
      { name: 'Log', ok: false, needed: false, detail, remedy },
    ])
  })

  it('is no finding where nothing is missing, or the API does not answer', async () => {
    const whole = { complete: true, missingRecords: 0, gaps: [] }
    const { baseUrl } = await stubServer({ status: 200, body: { completeness: whole } })
    expect(await findCompleteness(baseUrl, undefined)).toEqual([])
    expect(await findCompleteness('http://127.0.0.1:1', undefined)).toEqual([])
  })

  it('is a finding of the OpenLineage topic beside what its consumer does', async () => {
    const consumer = { state: 'consuming', since: '2026-09-01T10:00:00.000Z', ...missing }
    const { baseUrl } = await stubServer({ status: 200, body: { status: 'ok', openLineageTopic: consumer } })
    const detail = 'missing: 3 records of the Kafka topic, deleted before the gateway read them (events:0:3-5)'
    expect(await findConsumer(baseUrl)).toEqual([
      { name: 'OpenLineage', ok: true, needed: true, detail: 'its Kafka topic is consumed', remedy: '' },
      { name: 'OpenLineage', ok: false, needed: false, detail, remedy },
    ])
  })
})
