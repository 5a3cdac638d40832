import { setTimeout } from 'node:timers/promises'
import { isRetryable } from '@headwater/kafka'
import type { ProjectorError } from '../errors.ts'
import type { GenerationWatch } from '../generations/generation-watch.ts'
import { isOtherLog, type LogTables, type ReplacedLogPolicy } from './begin-log.ts'
import type { LogGuard } from './log-guard.ts'

export type IdentityWatchOptions = {
  readonly guard: LogGuard
  readonly generations: GenerationWatch
  readonly tables: LogTables
  readonly policy: ReplacedLogPolicy
  readonly retry: <T>(call: () => Promise<T>) => Promise<T>
  readonly onStartOver: (reason: ProjectorError) => void
  readonly onFailure: (error: Error) => void
  /** The topic was deleted, or exists again. */
  readonly onMissing: (error: Error | undefined) => void
}

export type IdentityWatch = {
  /**
   * True when the records that were fetched so far are of the log of the tables; false when a new generation has begun. One request a
   * batch: 0.12 ms of CPU for some 20,000 records, less than 0.1 % (benchmarks/README.md).
   */
  isSame(): Promise<boolean>
  /** Begins a new generation, or waits for that of another projector. @throws `reason` where the projector has to stop */
  replaced(reason: ProjectorError): Promise<void>
  /** Looks once, for a projector that receives nothing. */
  look(): void
}

const pollMs = 200

/** Notices while a projector runs that the topic was deleted or replaced. */
export function createIdentityWatch(options: IdentityWatchOptions): IdentityWatch {
  const { guard, generations, tables, policy, retry, onFailure, onMissing } = options
  let isMissing = false

  async function isSame(): Promise<boolean> {
    try {
      await guard.verify()
      return true
    } catch (error) {
      if (!isOtherLog(error)) throw error
      await replaced(error)
      return false
    }
  }

  let ending: Promise<void> | undefined
  const replaced = (reason: ProjectorError): Promise<void> => {
    ending ??= endGeneration(reason)
    return ending
  }

  async function endGeneration(reason: ProjectorError): Promise<void> {
    const stored = await retry(tables.stored)
    if (stored.generation <= generations.generation) {
      if (policy === 'stop') throw reason
      options.onStartOver(reason)
      await retry(async () => tables.startOver(stored, (await guard.topicId('')) ?? ''))
    }
    while (!generations.isSuperseded) {
      await generations.refresh().catch(() => undefined)
      await setTimeout(pollMs, undefined, { ref: false })
    }
  }

  function look(): void {
    isSame().then(
      () => note(undefined),
      (error: Error & { code?: string }) => {
        if (!isRetryable(error)) onFailure(error)
        else if (error.code === 'TOPIC_MISSING') note(error)
      },
    )
  }

  function note(error: Error | undefined): void {
    if (error === undefined && !isMissing) return
    isMissing = error !== undefined
    onMissing(error)
  }

  return { isSame, replaced, look }
}
