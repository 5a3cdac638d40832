import type { Consumer, RetryOptions } from 'kafkajs'
import { KafkaError } from '../errors/kafka-error.ts'

// Holds: a consumer that ends by itself is reported once, whatever kafkajs makes of it. It may crash, or retry for ever without a word.

/** For a consumer that `watchConsumer` watches: kafkajs reports a crash after half a minute, and leaves restarting to the caller. */
export const watchedRetries: RetryOptions & { restartOnFailure: () => Promise<boolean> } = {
  retries: 9,
  initialRetryTime: 100,
  maxRetryTime: 5_000,
  restartOnFailure: async () => false,
}

export type ConsumerWatchOptions = {
  readonly onEnd: (error: Error) => void
  /** How long it may neither fetch nor send a heartbeat. Longer than a rebalance. */
  readonly silentAfterMs?: number
}

const checks = 20 // a machine that was frozen counts as one check, not as silence

/** Calls `onEnd` once when the consumer ends by itself or is silent. @returns ends the watch */
export function watchConsumer(
  consumer: Pick<Consumer, 'on' | 'events'>,
  { onEnd, silentAfterMs = 90_000 }: ConsumerWatchOptions,
): () => void {
  let silentChecks = 0
  const timer = setInterval(() => {
    silentChecks++
    if (silentChecks < checks) return
    const text = `The consumer has neither fetched nor sent a heartbeat for ${silentAfterMs / 1_000} s`
    end(new KafkaError('KAFKA_UNAVAILABLE', text, { retryable: true }))
  }, silentAfterMs / checks)
  timer.unref()
  const { FETCH, HEARTBEAT, GROUP_JOIN, CRASH, DISCONNECT } = consumer.events
  const heard = () => {
    silentChecks = 0
  }
  const listening = [
    ...([FETCH, HEARTBEAT, GROUP_JOIN] as const).map((event) => consumer.on(event as typeof FETCH, heard)),
    consumer.on(CRASH, ({ payload }) => end(payload.error)),
    // A crash disconnects first, and reports itself right after.
    consumer.on(DISCONNECT, () => {
      setTimeout(
        () => end(new KafkaError('KAFKA_UNAVAILABLE', 'The consumer disconnected', { retryable: true })),
        1_000,
      ).unref()
    }),
  ]
  function stop(): void {
    clearInterval(timer)
    for (const unlisten of listening) unlisten()
  }
  let isOver = false
  function end(error: Error): void {
    if (isOver) return
    isOver = true
    stop()
    onEnd(error)
  }
  return () => {
    isOver = true
    stop()
  }
}
