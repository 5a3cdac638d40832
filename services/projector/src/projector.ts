import type { DeadLetterLog } from '@headwater/kafka'
import type { EventSource } from './log/event-source.ts'
import type { Batch } from './log/record-range.ts'
import type { EncodedBatch, Projection } from './projection.ts'
import type { Retry } from './waits.ts'

/** What every batch passes through. */
export type Pipeline = {
  readonly source: EventSource
  readonly deadLetterLog: DeadLetterLog
  readonly projection: Projection
  /** False when the log of the tables was replaced, and the records of the batch may be of another one. */
  readonly isSameLog: () => Promise<boolean>
  /** Resolves when writing is allowed, or when `signal` aborts. */
  readonly waitWhilePaused: (signal: AbortSignal) => Promise<void>
  readonly retry: Retry
  readonly observer: ProjectorObserver
}

interface ProjectorObserver {
  stored(folded: EncodedBatch, durationMs: number): void
}

// Holds: rows are durable before their offsets are committed, batch after batch; a crash between the two replays the batch, and
// the fold makes that harmless. While one batch is published, the next is prepared and the one after it folded. Nothing of a batch is
// written before the log was found to be that of the tables after the batch was fetched; folding goes on while the broker answers.
export async function runProjector(pipeline: Pipeline, signal: AbortSignal): Promise<void> {
  let storing = Promise.resolve(true)
  const ended = new AbortController()
  const stop = AbortSignal.any([signal, ended.signal])
  for await (const batch of pipeline.source.batches(stop)) {
    await pipeline.waitWhilePaused(stop)
    if (stop.aborted) break
    const isSameLog = requireSameLog()
    isSameLog.catch(() => ended.abort())
    const folded = await pipeline.projection.fold(batch)
    const startedAt = performance.now()
    const prepared = prepare(folded, isSameLog)
    prepared.then(
      (isPrepared) => isPrepared || ended.abort(),
      () => ended.abort(),
    )
    if (!(await storing)) break // nothing may be stored after a batch that was not
    storing = store(batch, folded, prepared, startedAt)
    storing.catch(() => ended.abort())
  }
  await storing

  /** @returns false when nothing of the batch may be written */
  async function prepare(folded: EncodedBatch, isSameLog: Promise<boolean>): Promise<boolean> {
    if (!(await isSameLog)) return false
    await pipeline.retry(() => pipeline.deadLetterLog.append(folded.deadLetters))
    await pipeline.retry(() => pipeline.projection.prepare(folded))
    return true
  }

  async function store(
    batch: Batch,
    folded: EncodedBatch,
    prepared: Promise<boolean>,
    startedAt: number,
  ): Promise<boolean> {
    if (!(await prepared)) return false
    await pipeline.retry(() => pipeline.projection.publish(folded))
    await pipeline.source.commit(batch)
    pipeline.observer.stored(folded, performance.now() - startedAt)
    return true
  }

  /** False also when it is stopped while Kafka does not answer. */
  async function requireSameLog(): Promise<boolean> {
    let end: () => void = () => undefined
    const stopped = new Promise<false>((resolve) => {
      end = () => resolve(false)
      stop.addEventListener('abort', end, { once: true })
    })
    try {
      return await Promise.race([stopped, pipeline.retry(pipeline.isSameLog)])
    } finally {
      stop.removeEventListener('abort', end)
    }
  }
}
