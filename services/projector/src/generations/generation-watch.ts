import { Latch } from '../latch.ts'

/** What a projector has to know of replays. */
export type GenerationState = {
  /** Of the tables. */
  readonly generation: number
  /** A replay compares its tables with these and wants them to stand still. */
  readonly paused: boolean
}

// Holds: `generation` is what the tables had when this projector began, and never changes; a projector whose tables were exchanged
// stops and begins anew, since it remembers rows that the new tables may lack. Until it notices, nobody counts its positions.

/** Looks at what replays do, for one projector. */
export class GenerationWatch {
  readonly generation: number
  readonly #ask: () => Promise<GenerationState>
  readonly #passage = new Latch()
  #supersede: () => void = () => undefined
  #asking = false
  #paused = false

  /** Resolves when the tables are of a later generation. */
  readonly superseded = new Promise<void>((resolve) => {
    this.#supersede = resolve
  })

  private constructor(ask: () => Promise<GenerationState>, first: GenerationState) {
    this.generation = first.generation
    this.#ask = ask
    this.#take(first)
  }

  static async begin(ask: () => Promise<GenerationState>): Promise<GenerationWatch> {
    return new GenerationWatch(ask, await ask())
  }

  get isPaused(): boolean {
    return this.#paused
  }

  /** Asks once more. After an error things are as they were known before. */
  async look(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      this.#take(await this.#ask())
    } finally {
      this.#asking = false
    }
  }

  /** Resolves when no replay wants the tables to stand still, or `signal` aborts. */
  async hold(signal: AbortSignal): Promise<void> {
    if (!this.#paused || signal.aborted) return
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
      void this.#passage.passage.then(resolve)
    })
  }

  #take({ generation, paused }: GenerationState): void {
    if (generation > this.generation) this.#supersede()
    if (this.#paused && !paused) this.#passage.close() // lets pass who waits
    this.#paused = paused
  }
}
