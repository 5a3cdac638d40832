import {
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { translateKafkaErrors } from '../../src/errors/translate-kafka-errors.ts'

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

  it('a coordinator that is not found is retryable, as kafkajs gives it', async () => {
    const name = 'KafkaJSGroupCoordinatorNotFound'
    const notFound = Object.assign(new KafkaJSNonRetriableError('Failed to find group coordinator'), { name })
    expect(await retryableOf(Object.assign(new KafkaJSNonRetriableError('wrapped'), { cause: notFound }))).toBe(true)
  })

  it('a missing right names the resource and the command that grants it, however kafkajs nests it', async () => {
    const refused = Object.assign(new KafkaJSNonRetriableError('No'), { type: 'TOPIC_AUTHORIZATION_FAILED' })
    const nested = Object.assign(new Error('Topic creation errors'), { errors: [refused] })
    const use = { operation: 'Create', topics: ['a', 'b'] } as const
    const error = await translateKafkaErrors(() => Promise.reject(nested), use).catch((each: Error) => each)
    expect(error).toMatchObject({ code: 'NOT_AUTHORIZED', retryable: false })
    expect((error as Error).message).toContain(
      'Kafka refuses Create on topic a and topic b (TOPIC_AUTHORIZATION_FAILED)',
    )
    expect((error as Error).message).toContain('--operation Create --topic b')
  })

  it('a request that Kafka refuses is not retryable', async () => {
    const refused = new KafkaJSProtocolError(Object.assign(new Error('Not authorized'), { retriable: false }))
    expect(await retryableOf(refused)).toBe(false)
    expect(await retryableOf(new Error('anything else'))).toBe(false)
  })
})
