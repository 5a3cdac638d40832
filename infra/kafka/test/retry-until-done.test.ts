import { describe, expect, it } from 'vitest'
import { KafkaError } from '../src/errors/kafka-error.ts'
import { retryUntilDone } from '../src/retry-until-done.ts'

const away = () => new KafkaError('KAFKA_UNAVAILABLE', 'away', { retryable: true })
const quick = { initialDelayMs: 1, maxDelayMs: 4 }

describe('retrying until it succeeds', () => {
  it('doubles the delay each time, up to a maximum', async () => {
    const delays: number[] = []
    let left = 5
    const call = async () => {
      if (left-- > 0) throw away()
      return 'done'
    }
    const onRetry = (_: Error, delayMs: number) => delays.push(delayMs)
    expect(await retryUntilDone(call, { ...quick, signal: new AbortController().signal, onRetry })).toBe('done')
    expect(delays).toEqual([1, 2, 4, 4, 4])
  })

  it('ends at once with an error that is not retryable', async () => {
    const refused = new KafkaError('TOPIC_MISSING', 'no such topic', { retryable: false })
    const call = () => Promise.reject(refused)
    const options = { ...quick, signal: new AbortController().signal, onRetry: () => expect.unreachable() }
    await expect(retryUntilDone(call, options)).rejects.toBe(refused)
  })

  it('ends with the last error when the signal aborts', async () => {
    const stopping = new AbortController()
    const options = { initialDelayMs: 60_000, signal: stopping.signal, onRetry: () => stopping.abort() }
    await expect(retryUntilDone(() => Promise.reject(away()), options)).rejects.toMatchObject({ message: 'away' })
  })
})
