import {
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { translateKafkaErrors } from '../../src/client/translate-kafka-errors.ts'

const away = new KafkaJSConnectionError('connect ECONNREFUSED')
// As kafkajs gives it where one retry runs within another.
const stoppedWithin = Object.assign(new KafkaJSNonRetriableError('connect ECONNREFUSED'), { cause: away })

const retryableOf = (error: Error): Promise<unknown> =>
  translateKafkaErrors(() => Promise.reject(error)).catch((translated: { retryable: boolean }) => translated.retryable)

describe('errors of Kafka', () => {
  it('a failed connection is retryable, even after kafkajs has stopped retrying it', async () => {
    expect(await retryableOf(away)).toBe(true)
    expect(await retryableOf(new KafkaJSNumberOfRetriesExceeded(away, { retryCount: 3, retryTime: 1 }))).toBe(true)
    expect(await retryableOf(stoppedWithin)).toBe(true)
  })

  it('a request that Kafka refuses is not retryable', async () => {
    const refused = new KafkaJSProtocolError(Object.assign(new Error('Not authorized'), { retriable: false }))
    expect(await retryableOf(refused)).toBe(false)
    expect(await retryableOf(new Error('anything else'))).toBe(false)
  })
})
