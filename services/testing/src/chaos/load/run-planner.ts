// Holds: runs are those of the jobs of one world; the latest ones are remembered, so that later records can share their ids or report on them again.
import type { MaterializationEvent, RunState } from '@headwater/schemas'
import type { SeededRandom } from '../seeded-random.ts'
import type { ChaosJob } from './chaos-world.ts'

/** The contents of a run's event, without its id and time. */
export type RunEventParts = Pick<MaterializationEvent, 'runId' | 'state' | 'error' | 'metadata' | 'startedAt'> & {
  readonly job: MaterializationEvent['job']
  readonly inputs: readonly string[]
  readonly outputs: readonly {
    readonly key: string
    readonly inputs: readonly string[] | null
    readonly metrics: Readonly<Record<string, number>>
  }[]
}

const remembered = 200
/** A job reads the same for so many records of the load, then something else. */
const variantLasts = 4_000

export class RunPlanner {
  readonly #random: SeededRandom
  readonly #jobs: readonly ChaosJob[]
  readonly #seed: number
  readonly #recent: { readonly job: ChaosJob; readonly runId: string }[] = []

  constructor(random: SeededRandom, jobs: readonly ChaosJob[], seed: number) {
    this.#random = random
    this.#jobs = jobs
    this.#seed = seed
  }

  /** The events of a run, in the order in which they happen. */
  next(number: number): readonly RunEventParts[] {
    const random = this.#random
    const { job, runId } = this.#run(number)
    const inputs = this.#inputs(job, number)
    const parts = (state: RunState, isWhole = true): RunEventParts => ({
      runId,
      job: { namespace: job.namespace, name: job.name, type: random.chance(0.5) ? 'task' : null },
      state,
      startedAt: null,
      error: state === 'FAILED' ? `Failed at ${number}` : null,
      metadata: random.chance(0.1) ? { number: String(number) } : {},
      inputs: isWhole ? inputs : random.some(inputs, 1),
      outputs: (isWhole ? job.outputs : random.some(job.outputs, 1)).map((key) => ({
        key,
        inputs: this.#ownInputs(inputs),
        metrics: random.chance(0.3) ? { rows: number } : {},
      })),
    })
    return this.#states().map((state) => parts(state, random.chance(0.7)))
  }

  #run(number: number): { readonly job: ChaosJob; readonly runId: string } {
    const random = this.#random
    const job = random.pick(this.#jobs)
    // A run id that some job has used before: job and run id together identify a run.
    if (this.#recent.length > 0 && random.chance(0.06)) {
      const known = random.pick(this.#recent)
      return random.chance(0.3) ? known : { job, runId: known.runId }
    }
    const run = { job, runId: `run-${this.#seed}-${number}` }
    this.#recent.push(run)
    if (this.#recent.length > remembered) this.#recent.shift()
    return run
  }

  #inputs(job: ChaosJob, number: number): readonly string[] {
    const random = this.#random
    const { variants } = job
    if (random.chance(0.05)) return random.pick(variants)
    const shifted = number + this.#jobs.indexOf(job) * 97 // not all jobs change at once
    return variants[Math.floor(shifted / variantLasts) % variants.length] ?? []
  }

  #ownInputs(inputs: readonly string[]): readonly string[] | null {
    const random = this.#random
    if (random.chance(0.8)) return null
    return random.chance(0.1) ? [] : random.some(inputs, random.between(1, 2))
  }

  #states(): readonly RunState[] {
    const random = this.#random
    const end = random.pick<RunState>([
      'SUCCEEDED',
      'SUCCEEDED',
      'SUCCEEDED',
      'SUCCEEDED',
      'SUCCEEDED',
      'FAILED',
      'ABORTED',
    ])
    const kind = random.next()
    if (kind < 0.6) return [end]
    if (kind < 0.9) return ['STARTED', 'RUNNING', end]
    if (kind < 0.95) return ['STARTED', 'SUCCEEDED', random.pick<RunState>(['FAILED', 'ABORTED', 'SUCCEEDED'])]
    return random.chance(0.5) ? ['UNKNOWN', end] : ['STARTED']
  }
}
