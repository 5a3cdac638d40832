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
  /** Of one record with its key; no batch is larger. */
  readonly maxRecordBytes: number
  readonly observer: BatchObserver
}

const sweepMs = 100

/** Puts events into the log, many at once however they come. */
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
    this.#sweep = setInterval(() => this.#queue.expire(tooLate), sweepMs)
  }

  /** What waits for the log or is on its way. */
  get pending(): { readonly records: number; readonly bytes: number } {
    return { records: this.#queue.records, bytes: this.#queue.bytes }
  }

  /** Why it takes nothing now; undefined when it does. */
  get problem(): string | undefined {
    if (this.#schemaIds === undefined) return 'The gateway is starting: it waits for Kafka or the registry'
    if (this.#isClosing) return 'The gateway is stopping'
    return this.#isGivenUp ? 'Kafka does not acknowledge' : undefined
  }

  /** Begins to take events, whose records are of these schemas. */
  open(ids: SchemaIds): void {
    this.#schemaIds = ids
  }

  async append(events: readonly HeadwaterEvent[], retry?: Retry | undefined): Promise<readonly Position[]> {
    const { problem } = this
    const ids = this.#schemaIds
    if (ids === undefined || this.#isClosing) throw new GatewayError('LOG_UNAVAILABLE', problem ?? '')
    if (this.#isGivenUp) throw tooLate()
    const records = events.flatMap((event) => this.#recordsOf(event, ids))
    if (retry === undefined) return this.#queue.append(records)
    const headers = retryHeaders(retry)
    return this.#queue.append(records.map((record) => ({ ...record, headers })))
  }

  /** Sends what waits, for at most `withinMs`, and ends. */
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

  /** Nothing could be sent for so long that waiting is not worth it. */
  get #isGivenUp(): boolean {
    return this.#batches.failingForMs > this.#options.limits.deadlineMs
  }

  /** One record, or several where one would be too large. @throws GatewayError EVENT_TOO_LARGE */
  #recordsOf(event: HeadwaterEvent, ids: SchemaIds): readonly OutgoingRecord[] {
    const record = { key: messageKey(event), value: encoded(event, ids) }
    const bytes = sizeOf(record)
    const { maxRecordBytes } = this.#options
    if (bytes <= maxRecordBytes) return [record]
    const parts = divideEvent(event)
    if (parts !== undefined) return parts.flatMap((part) => this.#recordsOf(part, ids))
    const detail = `The event, or what cannot be divided of it, has ${bytes} bytes as a record, and the log takes ${maxRecordBytes}; make it smaller, or raise GATEWAY_MAX_RECORD_BYTES and the topic's max.message.bytes`
    throw new GatewayError('EVENT_TOO_LARGE', detail, { bytes, maxBytes: maxRecordBytes })
  }
}

const tooLate = () =>
  new GatewayError(
    'LOG_UNAVAILABLE',
    'Kafka does not acknowledge in time; the event may be stored yet, and sending it again is harmless',
  )

function encoded(event: HeadwaterEvent, ids: SchemaIds): Buffer {
  try {
    return encodeEvent(event, ids)
  } catch (cause) {
    if (!(cause instanceof CodecError)) throw cause
    throw new GatewayError('INVALID_EVENT', cause.message, { errors: [{ pointer: '', detail: cause.message }] }, cause)
  }
}
