import { migrate } from '@headwater/clickhouse'
import { readPositions } from '../tables/clickhouse-positions.ts'
import { translateClickHouseErrors } from '../tables/translate-clickhouse-errors.ts'
import { catchUpWithOldTables } from './catch-up-with-old-tables.ts'
import { Interruptible } from './interruptible.ts'
import type { LogWatermarks } from './log-watermarks.ts'
import { Rebuilding } from './rebuilding.ts'
import type { RebuiltDatabase } from './rebuilt-database.ts'
import type { ReplayClaim } from './replay-claim.ts'
import type { ReplayContext, ReplayOptions } from './replay-context.ts'
import { ReplayProgress } from './replay-progress.ts'
import { resumeProjectors, type Settling, settleDifferences } from './settle-differences.ts'

// Holds: the rebuilt tables are never further than the live ones, so both can always stop at the same positions; they are swapped only
// when they are equal, or differences are accepted. The process may end at any point:
// - building, pausing or stopped: the rebuilt database remains, and the next replay resumes it; a pause ends by itself;
// - swapped, which the generation of the live tables shows: only the old tables are left, for the next replay to drop.

export type ReplayTarget = {
  readonly rebuilt: RebuiltDatabase
  readonly claim: ReplayClaim
  readonly watermarks: LogWatermarks
  readonly generation: number
  readonly resume: boolean
}

export class ReplayRun {
  readonly #context: ReplayContext
  readonly #options: ReplayOptions
  readonly #target: ReplayTarget
  readonly #rebuilding: Rebuilding
  readonly #progress: ReplayProgress
  readonly #interruptible: Interruptible

  constructor(context: ReplayContext, options: ReplayOptions, target: ReplayTarget) {
    this.#context = context
    this.#options = options
    this.#target = target
    this.#rebuilding = this.#rebuildingIn(target.rebuilt.name)
    this.#progress = new ReplayProgress(target.watermarks)
    this.#interruptible = new Interruptible(context.signal, target.claim.lost, (error) =>
      context.report({ kind: 'waiting', detail: error.message }),
    )
  }

  /** @returns false when the signal stopped it */
  async run(): Promise<boolean> {
    const { report, signal } = this.#context
    const { generation } = this.#target
    try {
      await this.#begin()
      await settleDifferences(this.#settling, this.#options.acceptDifferences)
      if (this.#options.swap) await this.#swap()
      else await resumeProjectors(this.#settling)
      await this.#rebuilding.stop()
      await this.#dropRebuilt()
      const outcome = this.#options.swap ? 'swapped' : 'verified'
      report(this.#progress.finished(outcome, generation, this.#rebuilding.deadLetters))
      return true
    } catch (error) {
      if (!signal.aborted) throw error
      report(this.#progress.stopped)
      return false
    } finally {
      await this.#end()
    }
  }

  async #begin(): Promise<void> {
    const { client, report } = this.#context
    const { claim, rebuilt, generation, resume } = this.#target
    await this.#interruptible.query(() => claim.enter('building', generation))
    if (!resume) await this.#interruptible.query(() => rebuilt.drop())
    await this.#interruptible.query(() => migrate(client, rebuilt.name))
    report({ kind: 'began', generation, database: rebuilt.name, resumed: resume })
    const { failed } = await this.#interruptible.unlessInterrupted(this.#rebuilding.begin())
    this.#interruptible.interruptOn(failed)
  }

  get #settling(): Settling {
    return {
      context: this.#context,
      rebuilt: this.#target.rebuilt,
      rebuilding: this.#rebuilding,
      claim: this.#target.claim,
      progress: this.#progress,
      interruptible: this.#interruptible,
    }
  }

  async #swap(): Promise<void> {
    const { report } = this.#context
    const { claim, rebuilt, generation } = this.#target
    const tables = await this.#interruptible.query(() => rebuilt.foldedTables())
    await this.#interruptible.query(() => claim.renew())
    await this.#interruptible.unlessInterrupted(Promise.resolve()) // last chance: the swap itself is not repeated
    await translateClickHouseErrors(() => rebuilt.swap(tables))
    await this.#interruptible.retry(() => claim.enter('swapped'))
    report({ kind: 'swapped', generation, pausedSeconds: this.#progress.pauseEnds() })
    await this.#rebuilding.stop()
    await this.#catchUpWithOldTables()
  }

  async #catchUpWithOldTables(): Promise<void> {
    const { client, topic } = this.#context
    const { rebuilt } = this.#target
    const positionsOf = async (database: string) =>
      (await this.#interruptible.retry(() => readPositions(client, database, topic))).offsets
    const old = await positionsOf(rebuilt.name)
    await catchUpWithOldTables({
      old,
      live: () => positionsOf(rebuilt.live),
      rebuilding: this.#rebuildingIn(rebuilt.live),
    })
  }

  async #dropRebuilt(): Promise<void> {
    const { claim, rebuilt, generation } = this.#target
    const { admin, groupOf } = this.#context
    await this.#interruptible.retry(() => rebuilt.drop())
    await admin.deleteGroups([groupOf(generation)]).catch(() => undefined) // it expires by itself
    await this.#interruptible.retry(() => claim.enter(this.#options.swap ? 'finished' : 'verified'))
  }

  async #end(): Promise<void> {
    const { claim } = this.#target
    await this.#rebuilding.stop()
    // If this fails, the claim expires, and the pause with it.
    if (claim.state === 'building' || claim.state === 'pausing') await claim.enter('stopped').catch(() => undefined)
    await claim.end()
  }

  #rebuildingIn(database: string): Rebuilding {
    const { client, topic, groupOf, start } = this.#context
    const { generation } = this.#target
    return new Rebuilding({
      ...{ client, database, topic, generation },
      start: (into, rebuild) => start(into, groupOf(generation), rebuild),
    })
  }
}
