import { describe, expect, it } from 'vitest'
import { readOpenLineageLetter } from '../../../src/dlq/letters/read-open-lineage-letter.ts'

const read = (text: string | Buffer) => readOpenLineageLetter(Buffer.from(text))
const event = { eventTime: '2026-01-15T12:00:00Z', job: { namespace: 'n', name: 'j' }, run: { runId: 'r' } }

describe('a record of OpenLineage JSON', () => {
  it('is read as an event, also after a byte order mark', () => {
    expect(read(JSON.stringify(event))).toEqual({ event, problem: undefined })
    expect(read(`\uFEFF${JSON.stringify(event)}`)).toEqual({ event, problem: undefined })
  })

  it.each([
    ['INVALID_TEXT', Buffer.from([0x22, 0xff, 0x22])],
    ['INVALID_JSON', '{"a":'],
    ['JSON_TOO_DEEP', '['.repeat(100_000)],
  ])('says nothing when it is %s', (code, text) => {
    expect(read(text)).toEqual({ event: undefined, problem: { code, reason: expect.any(String) } })
  })

  it('is shown with every problem when it would be refused', () => {
    const broken = { ...event, eventTime: 3, job: {} }
    expect(read(JSON.stringify(broken))).toEqual({
      event: broken,
      problem: { code: 'INVALID_EVENT', reason: expect.stringMatching(/^\/eventTime: .+; \/job\/namespace: /) },
    })
    expect(read('[]').problem?.reason).toMatch(/^The event: Expected an object with an OpenLineage event/)
  })
})
