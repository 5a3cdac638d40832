import { setImmediate, setTimeout } from 'node:timers/promises'
import { KafkaError } from '@headwater/kafka'
import { GatewayError } from '../errors.ts'
import type { AppendQueue, QueuedRecord } from './append-queue.ts'
import { type RecordSender, RecordTooLarge } from './record-sender.ts'

export interface BatchObserver {
  /** A batch is stored. */
  sent(records: number, bytes: number, durationMs: number): void
  /** A batch failed to be sent and will be retried. */
  failed(error: Error): void
}

export type BatchSenderOptions = {
  readonly queue: AppendQueue
  readonly sender: RecordSender
  readonly maxBatchBytes: number
  readonly observer: BatchObserver
}

const [firstPauseMs, longestPauseMs] = [50, 1_000]

// Holds: one batch is in flight at a time, so records of a partition are stored in order of arrival; records that arrive meanwhile
// form the next batch. A batch is retried until it is stored.

/** Sends the records of the queue until stopped, then those that are left, without retries. */
export class BatchSender {
  readonly #options: BatchSenderOptions
  readonly #stopping = new AbortController()
  #failingSince: number | undefined
  #refusal: string | undefined

  constructor(options: BatchSenderOptions) {
    this.#options = options
  }

  /** How long all attempts have failed; 0 after a success. */
  get failingForMs(): number {
    return this.#failingSince === undefined ? 0 : performance.now() - this.#failingSince
  }

  /** The right that Kafka refuses, while it does. */
  get refusal(): string | undefined {
    return this.#refusal
  }

  stop(): void {
    this.#stopping.abort()
  }

  async run(): Promise<void> {
    const { queue, maxBatchBytes } = this.#options
    const { signal } = this.#stopping
    for (;;) {
      await queue.arrival(signal)
      await setImmediate() // lets records of the same tick join the batch
      const batch = queue.take(maxBatchBytes)
      if (batch.length > 0) await this.#store(batch)
      else if (signal.aborted) return
    }
  }

  async #store(batch: readonly QueuedRecord[]): Promise<void> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await this.#send(batch)
        return
      } catch (error) {
        if (error instanceof RecordTooLarge) return this.#storeHalves(batch, error)
        this.#failingSince ??= performance.now()
        this.#refusal = isRefusal(error) ? error.message : undefined
        this.#options.observer.failed(error as Error)
        if (this.#stopping.signal.aborted) return this.#reject(batch)
        await setTimeout(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
  }

  async #send(batch: readonly QueuedRecord[]): Promise<void> {
    const { queue, sender, observer } = this.#options
    const startedAt = performance.now()
    const positions = await sender.send(batch)
    this.#failingSince = undefined
    this.#refusal = undefined
    let bytes = 0
    for (const [index, record] of batch.entries()) {
      bytes += record.bytes
      const position = positions[index]
      if (position !== undefined) queue.stored(record, position)
    }
    queue.release(batch)
    observer.sent(batch.length, bytes, performance.now() - startedAt)
  }

  #reject(batch: readonly QueuedRecord[]): void {
    const { queue } = this.#options
    const error = new GatewayError('LOG_UNAVAILABLE', 'The gateway is stopping and Kafka does not respond')
    for (const record of batch) queue.refused(record, error)
    queue.release(batch)
  }

  /** Halves the batch until the record that the topic refuses is alone, so that all other records are stored. */
  async #storeHalves(batch: readonly QueuedRecord[], cause: RecordTooLarge): Promise<void> {
    const [first, ...rest] = batch
    if (first === undefined) return
    if (rest.length === 0) {
      const detail = `The event is ${first.value.length} bytes as a record, more than its topic accepts`
      const { queue } = this.#options
      queue.refused(first, new GatewayError('EVENT_TOO_LARGE', detail, { bytes: first.value.length }, cause))
      return queue.release(batch)
    }
    const half = Math.ceil(batch.length / 2)
    await this.#store(batch.slice(0, half))
    await this.#store(batch.slice(half))
  }
}

const isRefusal = (error: unknown): error is KafkaError =>
  error instanceof KafkaError && error.code === 'NOT_AUTHORIZED'
