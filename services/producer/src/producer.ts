import type { HeadwaterEvent } from '@headwater/schemas'
import { type AssetEvents, createAssetEvents } from './assets/asset-events.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { type OnWarning, type ProblemCode, Problems } from './problems.ts'
import type { Parts } from './producer-context.ts'
import { asset, reference } from './runs/run-functions.ts'
import { type DeliveryReport, Sender, type SenderStats } from './sending/sender.ts'
import type { Transport } from './transports/transport.ts'
import { Scope } from './upstreams/scope.ts'
import { createFlow, type Flow } from './wrapping/flow.ts'
import { createMaterialize, type Materialize } from './wrapping/materialize.ts'
import { createTask, type Task } from './wrapping/task.ts'

export type ProducerOptions = Partial<Limits> & {
  readonly transport: Transport
  /** Where job names are unique: a team, a project. */
  readonly namespace: string
  /** Hears what went wrong with lineage. Default: `process.emitWarning`. */
  readonly onWarning?: OnWarning
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number
}

export type ProducerStats = SenderStats & {
  /** Problems so far, by code. */
  readonly problems: Readonly<Partial<Record<ProblemCode, number>>>
  /** Searches for upstreams in arguments that ended at their limits. */
  readonly cutSearches: number
}

/** The SDK. Its functions need no `this`: take them apart as you like. */
export interface Producer extends AssetEvents {
  readonly materialize: Materialize
  readonly task: Task
  readonly flow: Flow
  readonly asset: typeof asset
  readonly reference: typeof reference
  /** Sends an event made elsewhere. Never throws; one that does not fit its schema is dropped and counted. */
  emit(event: HeadwaterEvent): void
  /** Resolves when all events so far are delivered or dropped, or after the deadline (default 5,000 ms). Never rejects. */
  flush(deadlineMs?: number): Promise<DeliveryReport>
  /** Flushes, takes nothing more, and lets the transport go. Never rejects. */
  close(deadlineMs?: number): Promise<DeliveryReport>
  stats(): ProducerStats
}

const defaultDeadlineMs = 5_000

export function createProducer(options: ProducerOptions): Producer {
  const { transport, namespace, onWarning, now = Date.now, ...limits } = options
  const problems = new Problems(onWarning)
  const sender = new Sender(transport, { ...defaultLimits, ...limits }, problems)
  const parts: Parts = {
    namespace,
    limits: { ...defaultLimits, ...limits },
    problems,
    scope: new Scope(),
    now,
    cutSearches: { count: 0 },
    emit: (event) => problems.guard('take an event', () => sender.accept(event)),
  }
  return {
    materialize: createMaterialize(parts),
    task: createTask(parts),
    flow: createFlow(parts),
    asset,
    reference,
    ...createAssetEvents(parts),
    emit: parts.emit,
    flush: (deadlineMs = defaultDeadlineMs) => sender.flush(deadlineMs),
    close: (deadlineMs = defaultDeadlineMs) => sender.close(deadlineMs),
    stats: () => ({ ...sender.stats(), problems: problems.counts(), cutSearches: parts.cutSearches.count }),
  }
}
