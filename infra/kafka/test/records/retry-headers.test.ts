import { noon } from '@headwater/testing/events'
import { expect, it } from 'vitest'
import { recordedTimeOf } from '../../src/records/log-record.ts'
import { readRetryHeaders, retryHeaders } from '../../src/records/retry-headers.ts'

const headers = (recordedAt: string | Buffer | undefined, of: string | Buffer | undefined = undefined) =>
  [
    ['trace', 'x'],
    ['headwater-recorded-at', recordedAt],
    ['headwater-retry-of', of],
  ] as const

it('reads which record is retried and when that was appended', () => {
  const retry = { of: 'headwater.events:3:41', recordedAt: noon }
  expect(readRetryHeaders(headers(String(noon), 'headwater.events:3:41'))).toEqual(retry)
  expect(readRetryHeaders(headers(Buffer.from(String(noon)), Buffer.from('headwater.events:3:41')))).toEqual(retry)
})

it.each(['', 'now', '-1', '0', '86400000', '1e3', '1.5', ' 1', '99999999999999', Buffer.from([0xff, 0])])(
  'ignores an invalid time: %j',
  (time) => expect(readRetryHeaders(headers(time))).toBeUndefined(),
)

it.each(['', 'somewhere', 'a:b:1', 'a:1', 'a b:1:2', 'a:1:2\n'])('ignores an invalid position: %j', (of) => {
  expect(readRetryHeaders(headers(undefined, of))).toBeUndefined()
})

it.each([
  { of: 't:0:1', recordedAt: noon },
  { of: 't:0:1', recordedAt: undefined },
  { of: undefined, recordedAt: noon },
])('reads what it writes: %j', (retry) => expect(readRetryHeaders(Object.entries(retryHeaders(retry)))).toEqual(retry))

it('finds nothing in headers of other programs', () => {
  expect(readRetryHeaders([])).toBeUndefined()
  expect(readRetryHeaders([['trace', 'x']])).toBeUndefined()
})

it('takes the append time of the retried record, but never one after its own', () => {
  const record = { topic: 't', partition: 0, offset: 0, key: null, value: null, recordedAt: noon }
  expect(recordedTimeOf(record)).toBe(noon)
  expect(recordedTimeOf({ ...record, retry: { of: 't:0:0', recordedAt: undefined } })).toBe(noon)
  expect(recordedTimeOf({ ...record, retry: { of: 't:0:0', recordedAt: noon - 5 } })).toBe(noon - 5)
  expect(recordedTimeOf({ ...record, retry: { of: 't:0:0', recordedAt: noon + 5 } })).toBe(noon)
})
