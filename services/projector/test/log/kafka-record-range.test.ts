import type { KafkaMessage } from 'kafkajs'
import { expect, it } from 'vitest'
import { recordRangeOf } from '../../src/log/kafka-record-range.ts'

it('reads of plain messages which record they repeat', () => {
  const message = (offset: string, headers: KafkaMessage['headers']) =>
    ({ offset, key: null, value: null, timestamp: '1768478400005', attributes: 0, headers }) as KafkaMessage
  const retry = {
    'headwater-retry-of': Buffer.from('t:0:0'),
    'headwater-recorded-at': Buffer.from('1768478400000'),
  }
  const range = recordRangeOf({ topic: 't', partition: 0 }, [message('1', {}), message('2', retry)], 0)
  expect([...(range?.records ?? [])].map((record) => [record.offset, record.recordedAt, record.retry])).toEqual([
    [1, 1768478400005, undefined],
    [2, 1768478400005, { of: 't:0:0', recordedAt: 1768478400000 }],
  ])
})
