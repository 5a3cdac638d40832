import type { ReplayOutcome, ReplayReport } from '@headwater/clickhouse'
import type { FoldedPositions } from '../tables/clickhouse-positions.ts'
import { FoldingRate } from './folding-rate.ts'
import { countUpTo, type LogWatermarks } from './log-watermarks.ts'

type Offsets = FoldedPositions['offsets']

/** How many events a replay has folded, how fast, and how long it paused the projectors. */
export class ReplayProgress {
  readonly #watermarks: LogWatermarks
  readonly #rate = new FoldingRate()
  readonly #startedAt = performance.now()
  #foldedAtStart: number | undefined
  #folded = 0
  #total = 0
  #pausedAt: number | undefined
  #pausedMs = 0

  constructor(watermarks: LogWatermarks) {
    this.#watermarks = watermarks
  }

  /** @param folded positions of the rebuilt tables @param live positions of the live tables */
  update(folded: Offsets, live: Offsets): void {
    this.#folded = countUpTo(this.#watermarks, folded)
    this.#foldedAtStart ??= this.#folded
    this.#total = countUpTo(this.#watermarks, live)
    this.#rate.add(this.#folded, performance.now())
  }

  /** True when the rest takes at most a second at the current rate. */
  get isNearlyDone(): boolean {
    return this.#folded > 0 && this.#left <= this.#rate.recent
  }

  pauseBegins(): void {
    this.#pausedAt = performance.now()
  }

  /** @returns the length of the pause, in seconds; 0 without a pause */
  pauseEnds(): number {
    const pausedMs = performance.now() - (this.#pausedAt ?? performance.now())
    this.#pausedAt = undefined
    this.#pausedMs += pausedMs
    return seconds(pausedMs)
  }

  get report(): ReplayReport {
    const rate = this.#rate.recent
    return {
      kind: 'progress',
      folded: this.#folded,
      total: this.#total,
      eventsPerSecond: Math.round(rate),
      secondsLeft: rate > 0 ? Math.ceil(this.#left / rate) : this.#left === 0 ? 0 : null,
    }
  }

  get stopped(): ReplayReport {
    return { kind: 'stopped', folded: this.#folded, total: this.#total }
  }

  finished(outcome: ReplayOutcome, generation: number, deadLetters: number): ReplayReport {
    const events = this.#folded - (this.#foldedAtStart ?? 0)
    const foldingSeconds = seconds(this.#rate.foldingMs)
    return {
      kind: 'finished',
      outcome,
      generation,
      events,
      seconds: seconds(performance.now() - this.#startedAt),
      foldingSeconds,
      eventsPerSecond: foldingSeconds > 0 ? Math.round(events / foldingSeconds) : 0,
      deadLetters,
      pausedSeconds: seconds(this.#pausedMs),
    }
  }

  get #left(): number {
    return this.#total - this.#folded
  }
}

const seconds = (ms: number) => Math.round(ms / 100) / 10
