import { migrate } from '@headwater/clickhouse'
import { retryUntilDone } from '@headwater/kafka'
import { whileClickHouseIsAway } from '../tables/clickhouse-errors.ts'
import { type FoldedPositions, readPositions } from '../tables/clickhouse-positions.ts'
import { catchUpWithOldTables } from './catch-up-with-old-tables.ts'
import { compareTables, type TableComparison } from './compare-tables.ts'
import { expireLikeLive } from './expire-like-live.ts'
import { FoldingRate } from './folding-rate.ts'
import { countUpTo, isSame, type LogWatermarks, reaches } from './log-watermarks.ts'
import { Rebuilding } from './rebuilding.ts'
import type { RebuiltDatabase } from './rebuilt-database.ts'
import type { ReplayClaim } from './replay-claim.ts'
import type { ReplayContext } from './replay-context.ts'
import { differs, stuck, unsettled } from './replay-errors.ts'
import type { ReplayOptions } from './replay-options.ts'
import type { ReplayOutcome } from './replay-report.ts'
import { swapTables } from './swap-tables.ts'

// Holds: the rebuilt tables are never further than the live ones, so both can always come to stand at the same positions; they are
// compared only there; they change places only when they are equal, or differences are accepted. The process may end anywhere:
// - building, pausing or stopped: the rebuilt database is there and goes on from its own positions; a pause ends by itself;
// - the tables changed places, which the generation of the live ones tells: only the old ones are left, for the next replay to drop.

export type ReplayRunState = {
  readonly rebuilt: RebuiltDatabase
  readonly claim: ReplayClaim
  readonly extent: LogWatermarks
  readonly generation: number
  readonly resume: boolean
}

type Offsets = FoldedPositions['offsets']
type Comparison = { readonly at: Offsets; readonly moved: boolean; readonly tables: readonly TableComparison[] }

const pollMs = 500
const reportMs = 1_000
/** Projectors look for a pause every second, and finish the batch at hand. */
const settledMs = 2_000
const settleWithinMs = 60_000
/** How long a projector has to go on after a comparison that found differences: it may have stood in the midst of a batch. */
const moveWithinMs = 3_000
const mostComparisons = 3

export class ReplayRun {
  readonly #parts: ReplayContext
  readonly #options: ReplayOptions
  readonly #state: ReplayRunState
  readonly #rebuilding: Rebuilding
  readonly #pace = new FoldingRate()
  readonly #startedAt = performance.now()
  #ends: Promise<never>[] = []
  #foldedAtFirst: number | undefined
  #folded = 0
  #total = 0
  #pausedAt: number | undefined
  #pausedMs = 0

  constructor(parts: ReplayContext, options: ReplayOptions, state: ReplayRunState) {
    this.#parts = parts
    this.#options = options
    this.#state = state
    this.#rebuilding = this.#fold(state.rebuilt.name)
  }

  /** @returns false when it was stopped */
  async run(): Promise<boolean> {
    const { claim } = this.#state
    try {
      await this.#begin()
      await this.#settleDifferences()
      if (this.#options.swap) await this.#swap()
      else await this.#resumeLive()
      await this.#rebuilding.stop()
      await this.#tidy()
      this.#finish(this.#options.swap ? 'swapped' : 'verified')
      return true
    } catch (error) {
      if (!this.#parts.signal.aborted) throw error
      this.#parts.report({ kind: 'stopped', folded: this.#folded, total: this.#total })
      return false
    } finally {
      await this.#rebuilding.stop()
      if (claim.state === 'building' || claim.state === 'pausing') await claim.enter('stopped').catch(() => undefined) // or the claim expires, and the pause with it
      await claim.end()
    }
  }

  async #begin(): Promise<void> {
    const { client, report, signal } = this.#parts
    const { claim, rebuilt, generation, resume } = this.#state
    await claim.enter('building', generation)
    if (!resume) await rebuilt.drop()
    await migrate(client, rebuilt.name)
    report({ kind: 'began', generation, database: rebuilt.name, resumed: resume })
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('Stopped')), { once: true })
      if (signal.aborted) reject(new Error('Stopped'))
    })
    stopped.catch(() => undefined)
    this.#ends = [stopped, claim.lost]
    this.#ends.push(...(await this.#unlessEnded(this.#rebuilding.begin())))
  }

  /** Compares until the tables are equal, or differ and nothing is under way that could explain it. */
  async #settleDifferences(): Promise<void> {
    for (let comparisons = 1; ; comparisons++) {
      await this.#catchUp()
      const { moved, tables, at } = await this.#pauseAndCompare()
      const equal = tables.every((table) => table.equal)
      if (!moved && (equal || this.#options.acceptDifferences)) return
      const pausedSeconds = await this.#resumeLive()
      const isLast = comparisons === mostComparisons
      if (moved && isLast) throw unsettled()
      if (!moved && (isLast || !(await this.#liveMoves(at)))) {
        await this.#state.claim.enter('differs')
        throw differs(tables, this.#state.rebuilt.name)
      }
      this.#parts.report({ kind: 'again', reason: moved ? 'moved' : 'differs', pausedSeconds })
    }
  }

  /** Resolves when the rebuilt tables are where the live ones were a moment ago. */
  async #catchUp(): Promise<void> {
    let before: Offsets | undefined
    let reportedAt = Number.NEGATIVE_INFINITY
    for (;;) {
      const live = await this.#live()
      this.#rebuilding.bounds.move(live.offsets)
      const folded = await this.#note(live.offsets)
      const left = this.#total - this.#folded
      const caughtUp =
        (before !== undefined && reaches(folded, before)) || (this.#folded > 0 && left <= this.#pace.lately)
      if (caughtUp || performance.now() - reportedAt >= reportMs) {
        reportedAt = performance.now()
        this.#reportProgress(left)
      }
      if (caughtUp) return
      before = live.offsets
      await this.#pause(pollMs)
    }
  }

  async #note(live: Offsets): Promise<Offsets> {
    const folded = await this.#ask(() => this.#rebuilding.folded())
    this.#folded = countUpTo(this.#state.extent, folded)
    this.#foldedAtFirst ??= this.#folded
    this.#total = countUpTo(this.#state.extent, live)
    this.#pace.note(this.#folded, performance.now())
    return folded
  }

  #reportProgress(left: number): void {
    const { lately } = this.#pace
    this.#parts.report({
      kind: 'progress',
      folded: this.#folded,
      total: this.#total,
      eventsPerSecond: Math.round(lately),
      secondsLeft: lately > 0 ? Math.ceil(left / lately) : left === 0 ? 0 : null,
    })
  }

  async #pauseAndCompare(): Promise<Comparison> {
    const { client } = this.#parts
    await this.#ask(() => this.#state.claim.enter('pausing'))
    this.#pausedAt = performance.now()
    this.#parts.report({ kind: 'pausing' })
    const at = await this.#settledPositions()
    this.#rebuilding.bounds.move(at)
    const deadline = performance.now() + settleWithinMs
    while (!reaches(await this.#note(at), at)) {
      if (performance.now() > deadline) throw stuck()
      await this.#pause(pollMs / 5)
    }
    await this.#ask(() => expireLikeLive(this.#parts.open, this.#state.rebuilt))
    const tables = await this.#ask(() => compareTables(client, this.#state.rebuilt))
    const after = await this.#live()
    const moved = !isSame(after.offsets, at)
    if (!moved) this.#parts.report({ kind: 'compared', tables })
    return { at, moved, tables }
  }

  /** Where the live tables stand when they have stood for a while; or where they are after too long. */
  async #settledPositions(): Promise<Offsets> {
    const deadline = performance.now() + settleWithinMs
    let { offsets } = await this.#live()
    let since = performance.now()
    while (performance.now() - since < settledMs && performance.now() < deadline) {
      await this.#pause(pollMs / 2)
      const now = (await this.#live()).offsets
      if (!isSame(now, offsets)) since = performance.now()
      offsets = now
    }
    return offsets
  }

  async #resumeLive(): Promise<number> {
    await this.#ask(() => this.#state.claim.enter('building'))
    return this.#pauseEnded()
  }

  #pauseEnded(): number {
    const pausedMs = performance.now() - (this.#pausedAt ?? performance.now())
    this.#pausedAt = undefined
    this.#pausedMs += pausedMs
    return seconds(pausedMs)
  }

  async #liveMoves(from: Offsets): Promise<boolean> {
    const deadline = performance.now() + moveWithinMs
    while (performance.now() < deadline) {
      if (!isSame((await this.#live()).offsets, from)) return true
      await this.#pause(pollMs / 2)
    }
    return false
  }

  async #swap(): Promise<void> {
    const { client, report } = this.#parts
    const { claim, rebuilt, generation } = this.#state
    const folds = await this.#ask(() => rebuilt.folds())
    await this.#ask(() => claim.renew())
    await this.#unlessEnded(Promise.resolve())
    await whileClickHouseIsAway(() => swapTables(client, { live: rebuilt.live, name: rebuilt.name, folds }))
    await this.#persist(() => claim.enter('swapped'))
    report({ kind: 'swapped', generation, pausedSeconds: this.#pauseEnded() })
    await this.#rebuilding.stop()
    await this.#catchUpWithOldTables()
  }

  async #catchUpWithOldTables(): Promise<void> {
    const { client, topic } = this.#parts
    const { rebuilt } = this.#state
    const offsetsOf = async (database: string) =>
      (await this.#persist(() => readPositions(client, database, topic))).offsets
    const old = await offsetsOf(rebuilt.name)
    await catchUpWithOldTables({ old, live: () => offsetsOf(rebuilt.live), tail: this.#fold(rebuilt.live) })
  }

  async #tidy(): Promise<void> {
    const { claim, rebuilt, generation } = this.#state
    await this.#persist(() => rebuilt.drop())
    await this.#parts.admin.deleteGroups([this.#parts.groupOf(generation)]).catch(() => undefined) // it expires by itself
    await this.#persist(() => claim.enter(this.#options.swap ? 'finished' : 'verified'))
  }

  #finish(outcome: ReplayOutcome): void {
    this.#parts.report({
      kind: 'finished',
      outcome,
      generation: this.#state.generation,
      events: this.#folded - (this.#foldedAtFirst ?? 0),
      seconds: seconds(performance.now() - this.#startedAt),
      eventsPerSecond: Math.round(this.#pace.overall),
      deadLetters: this.#rebuilding.deadLetters,
      pausedSeconds: seconds(this.#pausedMs),
    })
  }

  #fold(database: string): Rebuilding {
    const { client, topic, groupOf, start } = this.#parts
    const { generation } = this.#state
    return new Rebuilding({
      ...{ client, database, topic, generation },
      start: (into, rebuild) => start(into, groupOf(generation), rebuild),
    })
  }

  #live(): Promise<FoldedPositions> {
    const { client, database, topic } = this.#parts
    return this.#ask(() => readPositions(client, database, topic))
  }

  /** Asks ClickHouse until it answers, or the replay ends. */
  #ask<T>(call: () => Promise<T>): Promise<T> {
    return this.#unlessEnded(this.#persist(call))
  }

  #persist<T>(call: () => Promise<T>): Promise<T> {
    const { signal } = this.#parts
    return retryUntilDone(() => whileClickHouseIsAway(call), { signal, onRetry: () => undefined })
  }

  #pause(ms: number): Promise<void> {
    return this.#unlessEnded(later(ms))
  }

  #unlessEnded<T>(doing: Promise<T>): Promise<T> {
    return Promise.race([...this.#ends, doing])
  }
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const seconds = (ms: number) => Math.round(ms / 100) / 10
