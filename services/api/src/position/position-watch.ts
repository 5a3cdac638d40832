import type { CatalogStore } from '../catalog/catalog.ts'
import { ApiError } from '../errors.ts'
import { formatPosition, missingPositions, type PartitionState, type Position } from './log-position.ts'

// Holds: at most one read of the positions is under way, however many requests wait; a returned position was read before the call
// returns, so data that is read afterwards contains at least that position.

export type PositionWatchOptions = {
  readonly store: Pick<CatalogStore, 'partitions'>
  /** A clock that never jumps, in milliseconds. */
  readonly now?: () => number
  /** Longest age of positions that are returned without reading. */
  readonly maxAgeMs?: number
  /** Pause between reads while a request waits. */
  readonly pollIntervalMs?: number
}

type Waiter = {
  readonly wanted: readonly Position[]
  readonly deadline: number
  readonly resolve: (partitions: readonly PartitionState[]) => void
  readonly reject: (error: Error) => void
}

/** Reads the positions once for all requests. */
export class PositionWatch {
  readonly #options: Required<PositionWatchOptions>
  readonly #waiters = new Set<Waiter>()
  #known: { readonly partitions: readonly PartitionState[]; readonly readAt: number } | undefined
  #reading: Promise<readonly PartitionState[]> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: PositionWatchOptions) {
    this.#options = { now: () => performance.now(), maxAgeMs: 100, pollIntervalMs: 50, ...options }
  }

  /** Positions as of at most `maxAgeMs` ago. */
  async current(): Promise<readonly PartitionState[]> {
    if (this.#known !== undefined && this.#options.now() - this.#known.readAt < this.#options.maxAgeMs) {
      return this.#known.partitions
    }
    return this.#read()
  }

  /**
   * Positions at or after `wanted`. @throws ApiError POSITION_NOT_REACHED when they are not folded within `timeoutMs`, TOPIC_NOT_FOUND
   * for a topic that no projector has read
   */
  async reach(wanted: readonly Position[], timeoutMs: number): Promise<readonly PartitionState[]> {
    const partitions = await this.current()
    if (missingPositions(partitions, wanted).length === 0) return partitions
    refuseUnknownTopics(partitions, wanted)
    return new Promise((resolve, reject) => {
      this.#waiters.add({ wanted, deadline: this.#options.now() + timeoutMs, resolve, reject })
      this.#schedule()
    })
  }

  /** Rejects all waiting requests. */
  close(): void {
    clearTimeout(this.#timer)
    this.#rejectAll(new ApiError('NOT_READY', 'The API is shutting down'))
  }

  #read(): Promise<readonly PartitionState[]> {
    this.#reading ??= this.#options.store
      .partitions()
      .then((partitions) => {
        this.#known = { partitions, readAt: this.#options.now() }
        return partitions
      })
      .finally(() => {
        this.#reading = undefined
      })
    return this.#reading
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#waiters.size === 0) return
    this.#timer = setTimeout(() => {
      this.#read()
        .then(
          (partitions) => this.#settle(partitions),
          (error: Error) => this.#rejectAll(error),
        )
        .finally(() => {
          this.#timer = undefined
          this.#schedule()
        })
    }, this.#options.pollIntervalMs)
  }

  #settle(partitions: readonly PartitionState[]): void {
    const now = this.#options.now()
    for (const waiter of this.#waiters) {
      const missing = missingPositions(partitions, waiter.wanted)
      if (missing.length > 0 && now < waiter.deadline) continue
      this.#waiters.delete(waiter)
      if (missing.length === 0) waiter.resolve(partitions)
      else waiter.reject(notReached(partitions, missing))
    }
  }

  #rejectAll(error: Error): void {
    for (const waiter of this.#waiters) waiter.reject(error)
    this.#waiters.clear()
  }
}

/** Where nothing is known yet, as before the first projector starts, any topic may be right. @throws ApiError TOPIC_NOT_FOUND */
function refuseUnknownTopics(partitions: readonly PartitionState[], wanted: readonly Position[]): void {
  const topics = [...new Set(partitions.map(({ topic }) => topic))]
  const unknown = wanted.find(({ topic }) => topics.length > 0 && !topics.includes(topic))?.topic
  if (unknown === undefined) return
  const detail = `No projector reads the topic ${unknown} in waitFor; topics of the log: ${topics.join(', ')}`
  throw new ApiError('TOPIC_NOT_FOUND', detail, {
    parameter: 'waitFor',
    topics,
    errors: [{ parameter: 'waitFor', detail }],
  })
}

function notReached(partitions: readonly PartitionState[], missing: readonly Position[]): ApiError {
  const waitingFor = missing.map(({ topic, partition, offset }) => {
    const folded =
      partitions.find((state) => state.topic === topic && state.partition === partition)?.lastOffset ?? null
    return { topic, partition, offset, folded, behind: folded === null ? null : offset - folded }
  })
  const sentences = waitingFor.map(({ topic, partition, offset, folded }) =>
    folded === null
      ? `${topic}:${partition} has no folded records, waiting for offset ${offset}`
      : `${topic}:${partition} is folded up to ${folded}, waiting for offset ${offset}`,
  )
  return new ApiError('POSITION_NOT_REACHED', sentences.join('; '), {
    waitingFor,
    position: formatPosition(partitions),
  })
}
