import { Latch } from '../latch.ts'

/** What a projector needs to know about replays. */
export type GenerationState = {
  /** Of the live tables. */
  readonly generation: number
  /** A replay is comparing tables, which must not change meanwhile. */
  readonly paused: boolean
}

// Holds: `generation` is that of the tables when this projector started, and never changes. A projector whose tables were swapped has
// to restart, since it remembers rows that the new tables may lack. Until it notices, its positions do not count.

/** Watches the generation of the live tables, and pauses of replays, for one projector. */
export class GenerationWatch {
  readonly generation: number
  readonly #read: () => Promise<GenerationState>
  readonly #resumed = new Latch()
  #supersede: () => void = () => undefined
  #isReading = false
  #paused = false
  #isSuperseded = false

  /** Resolves when the live tables have a later generation. */
  readonly superseded = new Promise<void>((resolve) => {
    this.#supersede = resolve
  })

  private constructor(read: () => Promise<GenerationState>, first: GenerationState) {
    this.generation = first.generation
    this.#read = read
    this.#take(first)
  }

  static async begin(read: () => Promise<GenerationState>): Promise<GenerationWatch> {
    return new GenerationWatch(read, await read())
  }

  get isSuperseded(): boolean {
    return this.#isSuperseded
  }

  get isPaused(): boolean {
    return this.#paused
  }

  /** Reads the state again. After an error the previous state stays. */
  async refresh(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    try {
      this.#take(await this.#read())
    } finally {
      this.#isReading = false
    }
  }

  /** Resolves when no replay pauses the projectors, or when `signal` aborts. */
  async waitWhilePaused(signal: AbortSignal): Promise<void> {
    if (!this.#paused || signal.aborted) return
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
      void this.#resumed.opened.then(resolve)
    })
  }

  #take({ generation, paused }: GenerationState): void {
    if (generation > this.generation) {
      this.#isSuperseded = true
      this.#supersede()
    }
    if (this.#paused && !paused) this.#resumed.reset()
    this.#paused = paused
  }
}
