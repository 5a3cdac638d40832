import { ProjectorError } from '../errors.ts'
import type { FoldedPositions } from '../tables/clickhouse-positions.ts'
import type { FoldedLog } from '../tables/rows.ts'
import type { LogGuard } from './log-guard.ts'

/** What to do when the topic holds another log than the one that the tables were folded from. */
export type ReplacedLogPolicy = 'stop' | 'start-over'

export type LogTables = {
  /** Positions of the tables. */
  readonly stored: () => Promise<FoldedPositions>
  readonly name: (log: FoldedLog) => Promise<void>
  /** Keeps the tables, and begins a generation in which nothing of the log is folded. */
  readonly startOver: (from: FoldedPositions, logId: string) => Promise<void>
}

export type BeginLogOptions = {
  readonly guard: LogGuard
  readonly tables: LogTables
  readonly policy: ReplacedLogPolicy
  /** Creates missing topics; that of the log only where the tables know no log. */
  readonly prepareTopics: (isLogKnown: boolean) => Promise<void>
  /** Of a rebuild. */
  readonly generation: number | undefined
  readonly onStartOver: (reason: ProjectorError) => void
}

/**
 * Finds the log, and notes its id where the tables know none.
 * @throws ProjectorError LOG_REPLACED or LOG_SHORTER_THAN_TABLES, when it is another log than that of the tables
 */
export async function beginLog(options: BeginLogOptions): Promise<FoldedLog> {
  const { guard, tables, policy, generation, onStartOver } = options
  for (;;) {
    const stored = await tables.stored()
    await options.prepareTopics(stored.offsets.size > 0 || stored.logId !== '')
    try {
      const { found } = await guard.examine()
      const log = { generation: generation ?? stored.generation, logId: stored.logId || (found.id ?? '') }
      if (stored.logId !== log.logId) await tables.name(log)
      guard.expect(log)
      return log
    } catch (error) {
      const isFree = policy === 'start-over' || stored.offsets.size === 0 // without positions nothing can be confused
      if (!isOtherLog(error) || generation !== undefined || !isFree) throw error
      if (stored.offsets.size > 0) onStartOver(error)
      await tables.startOver(stored, (await guard.topicId('')) ?? '')
    }
  }
}

export const isOtherLog = (error: unknown): error is ProjectorError =>
  error instanceof ProjectorError && (error.code === 'LOG_REPLACED' || error.code === 'LOG_SHORTER_THAN_TABLES')
