import {
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { whileKafkaIsAway } from '../../src/client/while-kafka-is-away.ts'

const away = new KafkaJSConnectionError('connect ECONNREFUSED')
// As kafkajs gives it where one retry runs within another.
const gaveUpWithin = Object.assign(new KafkaJSNonRetriableError('connect ECONNREFUSED'), { cause: away })

const retryableOf = (error: Error): Promise<unknown> =>
  whileKafkaIsAway(() => Promise.reject(error)).catch((translated: { retryable: boolean }) => translated.retryable)

describe('while Kafka is away', () => {
  it('a connection that cannot be made is tried again, also when kafkajs has given it up', async () => {
    expect(await retryableOf(away)).toBe(true)
    expect(await retryableOf(new KafkaJSNumberOfRetriesExceeded(away, { retryCount: 3, retryTime: 1 }))).toBe(true)
    expect(await retryableOf(gaveUpWithin)).toBe(true)
  })

  it('what Kafka refuses is not', async () => {
    const refused = new KafkaJSProtocolError(Object.assign(new Error('Not authorized'), { retriable: false }))
    expect(await retryableOf(refused)).toBe(false)
    expect(await retryableOf(new Error('anything else'))).toBe(false)
  })
})
