// Holds: faults begin one after another, and overlap only if they are meant to; each is recorded once everything that it struck runs
// again, and its recovery when it is seen.
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultRecord } from '../report/chaos-report.ts'
import type { PlannedFault } from './fault-plan.ts'
import type { FoldWatch } from './fold-watch.ts'

export type FaultRunOptions = {
  readonly plan: Iterable<PlannedFault>
  readonly inject: (fault: PlannedFault) => Promise<void>
  readonly watch: FoldWatch
  /** Begins no further fault when aborted. */
  readonly signal: AbortSignal
  /** How long the next fault waits for the recovery from this one, at most; null: not even for its end. */
  readonly patienceMs: number | null
  readonly onFault: (record: FaultRecord) => void
}

type Recording = { -readonly [Name in keyof FaultRecord]: FaultRecord[Name] }

export class FaultRun {
  readonly #options: FaultRunOptions
  readonly #records: Recording[] = []
  readonly #recoveries: Promise<void>[] = []
  readonly #startedAt = performance.now()
  readonly #current = new Set<PlannedFault>()

  constructor(options: FaultRunOptions) {
    this.#options = options
  }

  get records(): readonly FaultRecord[] {
    return this.#records
  }

  /** What happens just now. */
  get current(): readonly PlannedFault[] {
    return [...this.#current]
  }

  /** Resolves when `signal` is aborted and everything runs again. */
  async run(): Promise<void> {
    const { plan, signal, patienceMs } = this.#options
    const striking: Promise<unknown>[] = []
    for (const fault of plan) {
      await pause(fault.afterMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) break
      const struck = this.#strike(fault)
      striking.push(struck)
      if (patienceMs === null) continue
      const { recovered } = await struck
      await Promise.race([recovered, pause(patienceMs, undefined, { signal }).catch(() => undefined)])
    }
    await Promise.all(striking)
  }

  /** Resolves when the recovery from each fault has been seen. */
  async recovered(): Promise<void> {
    await Promise.all(this.#recoveries)
  }

  async #strike(fault: PlannedFault): Promise<{ readonly recovered: Promise<void> }> {
    const { inject, watch, onFault } = this.#options
    const startedAt = performance.now()
    this.#current.add(fault)
    await inject(fault)
    const endedAt = performance.now()
    this.#current.delete(fault)
    const record: Recording = {
      ...{ kind: fault.kind, detail: fault.parts.join(' + ') },
      ...{ atMs: startedAt - this.#startedAt, lastedMs: endedAt - startedAt, recoveredMs: undefined },
    }
    this.#records.push(record)
    const target = await watch.logEnds()
    const recovered = watch.caughtUp(target).then(() => {
      record.recoveredMs = performance.now() - endedAt
      onFault(record)
    })
    this.#recoveries.push(recovered)
    return { recovered }
  }
}
