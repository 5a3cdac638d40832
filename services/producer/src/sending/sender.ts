import { AsyncResource } from 'node:async_hooks'
import { eventWithoutSecrets, textWithoutSecrets } from '@headwater/lineage'
import { type HeadwaterEvent, schemaMismatches } from '@headwater/schemas'
import type { Limits } from '../limits.ts'
import { type Problems, textOf } from '../problems.ts'
import {
  codeOf,
  retryAfterMsOf,
  type Transport,
  type TransportErrorCode,
  unsendableOf,
} from '../transports/transport.ts'
import { backOffMs, withRetryAfter } from './back-off.ts'
import { EventBuffer } from './event-buffer.ts'
import { ExitFlush } from './exit-flush.ts'
import { FlushWaiters } from './flush-waiters.ts'
import { Pause } from './pause.ts'
import { WaitingEvents } from './waiting-events.ts'

/** What happened to all events since the producer was created. */
export type DeliveryReport = {
  readonly delivered: number
  /** Accepted, neither delivered nor dropped. */
  readonly undelivered: number
  readonly dropped: number
  /** Why events are undelivered. */
  readonly reason?: string
}

export type SenderStats = {
  readonly accepted: number
  readonly delivered: number
  readonly pending: number
  readonly pendingBytes: number
  readonly dropped: { readonly bufferFull: number; readonly unsendable: number; readonly closed: number }
}

type Outage = { readonly code: TransportErrorCode; readonly reason: string }

// Holds: one batch is in flight at a time and has the oldest events, so order is kept; an event leaves the buffer when it is delivered or
// counted as dropped; nothing here throws or rejects; a buffered event
// has no secrets.

/** Sends events in the background. */
export class Sender {
  readonly #transport: Transport
  readonly #limits: Limits
  readonly #problems: Problems
  readonly #buffer: EventBuffer
  // Timers and sends run in the async context of the producer, not in that of the run that came first.
  readonly #context = new AsyncResource('HeadwaterSender')
  readonly #waiters = new FlushWaiters()
  readonly #exit: ExitFlush
  readonly #pause = new Pause()
  readonly #dropped = { bufferFull: 0, unsendable: 0, closed: 0 }
  #linger: NodeJS.Timeout | undefined
  #sending = false
  #closed: Promise<DeliveryReport> | undefined
  #stopped = false
  #accepted = 0
  /** Events that waited and were dropped. */
  #expired = 0
  #delivered = 0
  readonly #waiting: WaitingEvents
  /** True after calls waited in vain, until an event is delivered. */
  #gaveUp = false
  #failures = 0
  #outage: Outage | undefined
  #droppedAtSuccess = 0
  #batchEvents: number

  constructor(transport: Transport, limits: Limits, problems: Problems) {
    this.#transport = transport
    this.#limits = limits
    this.#problems = problems
    this.#batchEvents = limits.maxBatchEvents
    this.#buffer = new EventBuffer(limits.maxBufferedEvents, limits.maxBufferedBytes)
    this.#waiting = new WaitingEvents(limits.maxWaitMs, () => this.#stopWaiting())
    this.#exit = new ExitFlush(limits.flushOnExitMs, async (deadlineMs) => {
      this.#reportUndelivered(await this.flush(deadlineMs))
    })
  }

  /** Buffers an event, or drops and counts it. @param canWait whether it may wait for room, with `whenFull: 'wait'` */
  accept(event: HeadwaterEvent, canWait: boolean): void {
    if (this.#closed !== undefined) {
      this.#dropped.closed += 1
      this.#problems.report('CLOSED', 'Dropped a lineage event that came after close()')
      return
    }
    const mismatches = schemaMismatches(event.type, event.event)
    if (mismatches.length > 0)
      this.#dropUnsendable(`${event.type} does not match its schema at ${mismatches.join(', ')}`)
    else this.#keep(eventWithoutSecrets(event), canWait)
  }

  #keep(event: HeadwaterEvent, canWait: boolean): void {
    const bytes = JSON.stringify(event).length
    const { maxBufferedBytes, whenFull } = this.#limits
    if (this.#waiting.size === 0 && this.#buffer.add(event, bytes)) this.#accept(1)
    else if (bytes > maxBufferedBytes)
      this.#dropUnsendable(`it has ${bytes} bytes, maxBufferedBytes is ${maxBufferedBytes}`)
    else if (canWait && whenFull === 'wait' && !this.#gaveUp) this.#waiting.add(event, bytes)
    else this.#dropForFullBuffer()
  }

  /** Resolves when no event waits for room in the buffer; undefined where none waits. Never rejects. */
  room(): Promise<void> | undefined {
    return this.#waiting.room()
  }

  /** Resolves when everything accepted so far is delivered or dropped, or after `deadlineMs`. Never rejects. */
  async flush(deadlineMs: number): Promise<DeliveryReport> {
    if (this.#stopped) return this.#report()
    this.#failures = 0
    this.#pause.end()
    this.#start()
    await this.#waiters.until(this.#accepted + this.#expired + this.#waiting.size, this.#settled, deadlineMs)
    return this.#report()
  }

  /** Flushes, drops all later events and closes the transport. Never rejects; a second call returns the same report. */
  close(deadlineMs: number): Promise<DeliveryReport> {
    this.#closed ??= this.#close(deadlineMs)
    return this.#closed
  }

  stats(): SenderStats {
    return {
      accepted: this.#accepted,
      delivered: this.#delivered,
      pending: this.#buffer.size + this.#waiting.size,
      pendingBytes: this.#buffer.bytes,
      dropped: { ...this.#dropped },
    }
  }

  async #close(deadlineMs: number): Promise<DeliveryReport> {
    const until = performance.now() + deadlineMs
    await this.flush(deadlineMs)
    this.#stopped = true
    this.#dropWaiting()
    const report = this.#report()
    this.#pause.end()
    this.#exit.disarm()
    this.#reportUndelivered(report)
    const closing = this.#context
      .runInAsyncScope(async () => this.#transport.close())
      .catch((error: unknown) => {
        this.#problems.report('INTERNAL', `Closing the lineage transport failed: ${textOf(error)}`)
      })
    await new Pause().wait(Math.max(0, until - performance.now()), closing)
    return report
  }

  #accept(count: number): void {
    this.#accepted += count
    this.#exit.arm()
    if (this.#sending) return
    if (this.#buffer.size >= this.#limits.maxBatchEvents) this.#start()
    else this.#linger ??= this.#context.runInAsyncScope(() => this.#startLater())
  }

  #startLater(): NodeJS.Timeout {
    return setTimeout(() => this.#start(), this.#limits.lingerMs).unref()
  }

  get #settled(): number {
    return this.#accepted + this.#expired - this.#buffer.size
  }

  #start(): void {
    clearTimeout(this.#linger)
    this.#linger = undefined
    if (this.#sending || this.#buffer.size === 0) return
    this.#sending = true
    void this.#context
      .runInAsyncScope(async () => this.#sendAll())
      .catch((error: unknown) => this.#problems.report('INTERNAL', `Sending lineage stopped: ${textOf(error)}`))
  }

  async #sendAll(): Promise<void> {
    try {
      while (this.#buffer.size > 0 && !this.#stopped) await this.#sendBatch()
    } finally {
      this.#sending = false
      if (this.#buffer.size === 0) this.#exit.disarm()
    }
  }

  async #sendBatch(): Promise<void> {
    const batch = this.#buffer.first(this.#batchEvents, this.#limits.maxBatchBytes)
    try {
      await this.#transport.send(batch)
      this.#succeeded(batch.length)
    } catch (error) {
      await this.#failed(batch, error)
    }
    const moved = this.#waiting.moveTo(this.#buffer)
    if (moved > 0) this.#accept(moved)
    this.#waiters.settled(this.#settled)
  }

  #stopWaiting(): void {
    this.#gaveUp = true
    this.#dropWaiting()
    this.#waiters.settled(this.#settled)
  }

  #dropWaiting(): void {
    const dropped = this.#waiting.drop()
    this.#expired += dropped
    if (dropped > 0) this.#dropForFullBuffer(dropped)
  }

  #succeeded(count: number): void {
    this.#buffer.removeFirst(count)
    this.#delivered += count
    this.#failures = 0
    this.#gaveUp = false
    this.#batchEvents = this.#limits.maxBatchEvents
    const lost = this.#dropped.bufferFull - this.#droppedAtSuccess
    this.#droppedAtSuccess = this.#dropped.bufferFull
    if (this.#outage === undefined) return
    this.#outage = undefined
    this.#problems.announce(
      'TRANSPORT_BACK',
      `Lineage is delivered again; ${lost} events were dropped while the buffer was full`,
    )
  }

  /** The events of a batch are stored, except for the unsendable ones. */
  #succeededExcept(unsendable: ReadonlyMap<number, string>, count: number): void {
    for (const reason of unsendable.values()) this.#dropUnsendable(reason)
    this.#succeeded(count)
    this.#delivered -= unsendable.size
  }

  async #failed(batch: readonly HeadwaterEvent[], error: unknown): Promise<void> {
    const code = codeOf(error)
    if (code !== 'UNSENDABLE') return this.#backOff(code, textOf(error), retryAfterMsOf(error))
    const known = unsendableOf(error, batch.length)
    if (known !== undefined) return this.#succeededExcept(known, batch.length)
    if (batch.length > 1) {
      this.#batchEvents = Math.ceil(batch.length / 2)
      return
    }
    this.#buffer.removeFirst(1)
    this.#batchEvents = this.#limits.maxBatchEvents
    this.#dropUnsendable(textOf(error))
  }

  async #backOff(code: TransportErrorCode, reason: string, retryAfterMs: number): Promise<void> {
    if (this.#outage?.code !== code) {
      const problem = code === 'REFUSED' ? 'TRANSPORT_REFUSED' : 'TRANSPORT_AWAY'
      this.#problems.announce(problem, `Lineage cannot be delivered, events wait in memory: ${reason}`)
    }
    this.#outage = { code, reason: textWithoutSecrets(reason) }
    if (code === 'REFUSED') this.#waiters.releaseAll()
    this.#failures += 1
    const { minBackOffMs, maxBackOffMs } = this.#limits
    const minMs = code === 'REFUSED' ? maxBackOffMs : minBackOffMs
    const backOff = backOffMs(this.#failures, minMs, maxBackOffMs, Math.random())
    await this.#pause.wait(withRetryAfter(backOff, retryAfterMs, Math.random()))
  }

  #reportUndelivered({ undelivered, reason }: DeliveryReport): void {
    if (undelivered > 0)
      this.#problems.report('NOT_DELIVERED', `${undelivered} lineage events were not delivered: ${reason}`)
  }

  #dropForFullBuffer(count = 1): void {
    this.#dropped.bufferFull += count
    const { whenFull, maxWaitMs } = this.#limits
    const hint =
      whenFull === 'wait' ? `after calls waited ${maxWaitMs} ms` : "whenFull: 'wait' makes calls wait instead"
    const message = `The lineage buffer is full (${this.#buffer.size} events); new events are dropped until some are delivered; ${hint}`
    this.#problems.report('BUFFER_FULL', message)
  }

  #dropUnsendable(reason: string): void {
    this.#dropped.unsendable += 1
    this.#problems.report('UNSENDABLE', `Dropped a lineage event that cannot be sent: ${reason}`)
  }

  #report(): DeliveryReport {
    const { bufferFull, unsendable, closed } = this.#dropped
    const undelivered = this.#buffer.size + this.#waiting.size
    const report = { delivered: this.#delivered, undelivered, dropped: bufferFull + unsendable + closed }
    return undelivered === 0 ? report : { ...report, reason: this.#outage?.reason ?? 'still sending at the deadline' }
  }
}
