import type { HeadwaterEvent } from '@headwater/schemas'
import { type AssetEvents, createAssetEvents } from './assets/asset-events.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { type OnWarning, type ProblemCode, Problems } from './problems.ts'
import type { ProducerContext } from './producer-context.ts'
import { asset, reference } from './runs/run-functions.ts'
import { type DeliveryReport, Sender, type SenderStats } from './sending/sender.ts'
import type { Transport } from './transports/transport.ts'
import { Scope } from './upstreams/scope.ts'
import { createFlow, type Flow } from './wrapping/flow.ts'
import { createMaterialize, type Materialize } from './wrapping/materialize.ts'
import { createTask, type Task } from './wrapping/task.ts'

export type ProducerOptions = Partial<Limits> & {
  /** Where events go, e.g. `kafkaTransport()`, `httpTransport()`, in tests `memoryTransport()`. */
  readonly transport: Transport
  /** The namespace of jobs, within which their names are unique: a team, a project. */
  readonly namespace: string
  /** Called with each new problem of lineage, which never fails the job. Default: `process.emitWarning`. */
  readonly onWarning?: OnWarning
  /** The clock, in epoch milliseconds. Default: `Date.now`. */
  readonly now?: () => number
}

export type ProducerStats = SenderStats & {
  /** Problems so far, by code. */
  readonly problems: Readonly<Partial<Record<ProblemCode, number>>>
  /** Searches for upstreams in arguments that stopped at a limit. */
  readonly cutSearches: number
}

/** The SDK. Its functions do not use `this`, so they can be destructured. */
export interface Producer extends AssetEvents {
  readonly materialize: Materialize
  readonly task: Task
  readonly flow: Flow
  readonly asset: typeof asset
  readonly reference: typeof reference
  /**
   * Sends an event built by other code. Never throws; an event that does not match its schema is dropped and counted.
   * @example
   * for (const event of headwaterEventsOf(openLineageEvent)) producer.emit(event)
   */
  emit(event: HeadwaterEvent): void
  /**
   * Resolves when all events so far are delivered or dropped, or after the deadline (default 5,000 ms). Never rejects.
   * @example
   * const { undelivered, reason } = await producer.flush(10_000)
   */
  flush(deadlineMs?: number): Promise<DeliveryReport>
  /** Flushes, drops all later events, and closes the transport. Never rejects. Call it before `process.exit()`. */
  close(deadlineMs?: number): Promise<DeliveryReport>
  /** Counts since the producer was created. */
  stats(): ProducerStats
}

const defaultDeadlineMs = 5_000

/**
 * Creates a producer: the functions that wrap your code and report what it reads and writes.
 * @example
 * const { materialize, close } = createProducer({
 *   namespace: 'shop',
 *   transport: httpTransport({ url: 'http://localhost:8090' }),
 * })
 * const loadOrders = materialize('postgres://shop/db/public/orders', async () => copyOrders())
 * await loadOrders()
 * await close()
 */
export function createProducer(options: ProducerOptions): Producer {
  const { transport, namespace, onWarning, now = Date.now, ...limits } = options
  const problems = new Problems(onWarning)
  const sender = new Sender(transport, { ...defaultLimits, ...limits }, problems)
  const context: ProducerContext = {
    namespace,
    limits: { ...defaultLimits, ...limits },
    problems,
    scope: new Scope(),
    now,
    cutSearches: { count: 0 },
    emit: (event) => problems.guard('accept an event', () => sender.accept(event, false)),
    emitOfRun: (event) => problems.guard('accept an event', () => sender.accept(event, true)),
    room: () => sender.room(),
  }
  return {
    materialize: createMaterialize(context),
    task: createTask(context),
    flow: createFlow(context),
    asset,
    reference,
    ...createAssetEvents(context),
    emit: context.emit,
    flush: (deadlineMs = defaultDeadlineMs) => sender.flush(deadlineMs),
    close: (deadlineMs = defaultDeadlineMs) => sender.close(deadlineMs),
    stats: () => ({ ...sender.stats(), problems: problems.counts(), cutSearches: context.cutSearches.count }),
  }
}
