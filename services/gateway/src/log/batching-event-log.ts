import { type Position, type Retry, retryHeaders } from '@headwater/kafka'
import { divideEvent } from '@headwater/openlineage'
import { CodecError, encodeEvent, type HeadwaterEvent, messageKey, type SchemaIds } from '@headwater/schemas'
import { GatewayError } from '../errors.ts'
import { AppendQueue, type OutgoingRecord, type QueueLimits, sizeOf } from './append-queue.ts'
import { type BatchObserver, BatchSender } from './batch-sender.ts'
import type { EventLog } from './event-log.ts'
import type { RecordSender } from './record-sender.ts'

export type BatchingOptions = {
  readonly sender: RecordSender
  readonly limits: QueueLimits
  /** The limit for one record with its key, and for a batch. */
  readonly maxRecordBytes: number
  readonly observer: BatchObserver
}

const sweepMs = 100

/** Appends events to the log in batches, across requests. */
export class BatchingEventLog implements EventLog {
  readonly #options: BatchingOptions
  readonly #queue: AppendQueue
  readonly #batches: BatchSender
  readonly #running: Promise<void>
  readonly #sweep: NodeJS.Timeout
  #schemaIds: SchemaIds | undefined
  #isClosing = false

  constructor(options: BatchingOptions) {
    this.#options = options
    this.#queue = new AppendQueue(options.limits)
    const { sender, observer, maxRecordBytes: maxBatchBytes } = options
    this.#batches = new BatchSender({ queue: this.#queue, sender, observer, maxBatchBytes })
    this.#running = this.#batches.run()
    this.#sweep = setInterval(() => this.#queue.expire(() => this.#timedOut()), sweepMs)
  }

  /** Records that are queued or in flight. */
  get pending(): { readonly records: number; readonly bytes: number } {
    return { records: this.#queue.records, bytes: this.#queue.bytes }
  }

  /** Why no events are accepted; undefined when they are. */
  get problem(): string | undefined {
    if (this.#schemaIds === undefined) return 'The gateway is starting: waiting for Kafka or the schema registry'
    if (this.#isClosing) return 'The gateway is stopping'
    return this.#isUnreachable ? (this.#batches.refusal ?? 'Kafka does not acknowledge writes') : undefined
  }

  /** Starts to accept events, encoded with these schema ids. */
  open(ids: SchemaIds): void {
    this.#schemaIds = ids
  }

  async append(events: readonly HeadwaterEvent[], retry?: Retry | undefined): Promise<readonly Position[]> {
    const { problem } = this
    const ids = this.#schemaIds
    if (ids === undefined || this.#isClosing) throw new GatewayError('LOG_UNAVAILABLE', problem ?? '')
    if (this.#isUnreachable) throw this.#timedOut()
    const records = events.flatMap((event) => this.#recordsOf(event, ids))
    if (retry === undefined) return this.#queue.append(records)
    const headers = retryHeaders(retry)
    return this.#queue.append(records.map((record) => ({ ...record, headers })))
  }

  /** Sends queued records for at most `withinMs`, then closes the sender. */
  async close(withinMs: number): Promise<void> {
    this.#isClosing = true
    this.#batches.stop()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs)
    })
    await Promise.race([this.#running, late])
    clearTimeout(timer)
    clearInterval(this.#sweep)
    await this.#options.sender.close()
  }

  /** Whether all attempts have failed for longer than a request may wait. */
  get #isUnreachable(): boolean {
    return this.#batches.failingForMs > this.#options.limits.deadlineMs
  }

  #timedOut(): GatewayError {
    const { refusal } = this.#batches
    if (refusal !== undefined) return new GatewayError('LOG_UNAVAILABLE', `${refusal}. Retrying is safe`)
    const text = 'Kafka did not acknowledge in time. The event may still be stored; retrying is safe'
    return new GatewayError('LOG_UNAVAILABLE', text)
  }

  /** Encodes an event as one record, or as several if one would be too large. @throws GatewayError EVENT_TOO_LARGE */
  #recordsOf(event: HeadwaterEvent, ids: SchemaIds): readonly OutgoingRecord[] {
    const record = { key: messageKey(event), value: encoded(event, ids) }
    const bytes = sizeOf(record)
    const { maxRecordBytes } = this.#options
    if (bytes <= maxRecordBytes) return [record]
    const parts = divideEvent(event)
    if (parts !== undefined) return parts.flatMap((part) => this.#recordsOf(part, ids))
    const detail = `The event, or an indivisible part of it, is ${bytes} bytes as a record; the limit is ${maxRecordBytes}. Make it smaller, or raise GATEWAY_MAX_RECORD_BYTES and the topic's max.message.bytes`
    throw new GatewayError('EVENT_TOO_LARGE', detail, { bytes, maxBytes: maxRecordBytes })
  }
}

function encoded(event: HeadwaterEvent, ids: SchemaIds): Buffer {
  try {
    return encodeEvent(event, ids)
  } catch (cause) {
    if (!(cause instanceof CodecError)) throw cause
    throw new GatewayError('INVALID_EVENT', cause.message, { errors: [{ pointer: '', detail: cause.message }] }, cause)
  }
}
