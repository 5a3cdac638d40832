import type { Position } from '@headwater/kafka'
import { GatewayError } from '../errors.ts'

// Holds: records that are queued, or taken and not yet released, stay within the limits; each append is answered once, by its deadline;
// records leave in the order of arrival. Once one record of an append is taken, all of them are sent, even after its deadline.

export type OutgoingRecord = {
  readonly key: string
  readonly value: Buffer
  /** Few and small: not counted in the size of the record. */
  readonly headers?: Readonly<Record<string, string>>
}

export type QueueLimits = {
  readonly maxBytes: number
  readonly maxRecords: number
  /** How long an append may take. */
  readonly deadlineMs: number
}

type Append = {
  readonly positions: Position[]
  readonly deadlineAt: number
  readonly resolve: (positions: readonly Position[]) => void
  readonly reject: (error: GatewayError) => void
  left: number
  isTaken: boolean
  isAnswered: boolean
}

export type QueuedRecord = OutgoingRecord & { readonly bytes: number; readonly append: Append; readonly index: number }

const overheadBytes = 100 // of Kafka's framing and of this queue, per record

export class AppendQueue {
  readonly #limits: QueueLimits
  readonly #now: () => number
  #waiting: QueuedRecord[] = []
  #taken = new Set<QueuedRecord>()
  #bytes = 0
  #arrived: () => void = () => undefined

  constructor(limits: QueueLimits, now: () => number = () => performance.now()) {
    this.#limits = limits
    this.#now = now
  }

  get records(): number {
    return this.#waiting.length + this.#taken.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Resolves to the positions of the records. @throws GatewayError OVERLOADED at once, LOG_UNAVAILABLE at the deadline */
  append(records: readonly OutgoingRecord[]): Promise<readonly Position[]> {
    const sizes = records.map(sizeOf)
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const { maxBytes, maxRecords, deadlineMs } = this.#limits
    if (this.#bytes > 0 && (this.#bytes + bytes > maxBytes || this.records + records.length > maxRecords)) {
      const detail = `${this.records} records are already queued for the log; retry in a moment`
      return Promise.reject(new GatewayError('OVERLOADED', detail))
    }
    if (records.length === 0) return Promise.resolve([])
    return new Promise((resolve, reject) => {
      const state = { left: records.length, isTaken: false, isAnswered: false }
      const append: Append = { positions: [], deadlineAt: this.#now() + deadlineMs, resolve, reject, ...state }
      for (const [index, record] of records.entries()) {
        this.#waiting.push({ ...record, bytes: sizes[index] ?? 0, append, index })
      }
      this.#bytes += bytes
      this.#arrived()
    })
  }

  /** Resolves when the queue has a record, or when `signal` aborts. */
  arrival(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0 || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        this.#arrived = () => undefined
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#arrived = done
      signal.addEventListener('abort', done)
    })
  }

  /** Takes the next records, up to `maxBytes` but at least one if there is any. */
  take(maxBytes: number): readonly QueuedRecord[] {
    let bytes = 0
    let end = 0
    for (const record of this.#waiting) {
      if (end > 0 && bytes + record.bytes > maxBytes) break
      bytes += record.bytes
      end++
    }
    const taken = this.#waiting.slice(0, end)
    this.#waiting = this.#waiting.slice(end)
    for (const record of taken) {
      record.append.isTaken = true
      this.#taken.add(record)
    }
    return taken
  }

  stored({ append, index }: QueuedRecord, position: Position): void {
    append.positions[index] = position
    append.left--
    if (append.left > 0 || append.isAnswered) return
    append.isAnswered = true
    append.resolve(append.positions)
  }

  refused({ append }: QueuedRecord, error: GatewayError): void {
    if (append.isAnswered) return
    append.isAnswered = true
    append.reject(error)
  }

  /** Frees the room of records that were taken. */
  release(records: readonly QueuedRecord[]): void {
    for (const record of records) {
      if (this.#taken.delete(record)) this.#bytes -= record.bytes
    }
  }

  /** Rejects appends whose deadline has passed, with the error that `timedOut` makes. */
  expire(timedOut: () => GatewayError): void {
    const now = this.#now()
    for (const record of this.#taken) if (record.append.deadlineAt <= now) this.refused(record, timedOut())
    const due = this.#waiting.findIndex((record) => record.append.deadlineAt > now)
    const overdue = due < 0 ? this.#waiting : this.#waiting.slice(0, due)
    if (overdue.length === 0) return
    for (const record of overdue) this.refused(record, timedOut())
    const kept = overdue.filter((record) => record.append.isTaken)
    for (const record of overdue) if (!record.append.isTaken) this.#bytes -= record.bytes
    this.#waiting = [...kept, ...this.#waiting.slice(overdue.length)]
  }
}

/** The approximate size of a record in a batch, in bytes. */
export const sizeOf = ({ key, value }: OutgoingRecord): number => value.length + key.length + overheadBytes
