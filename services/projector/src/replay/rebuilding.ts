import type { ClickHouseClient } from '@clickhouse/client'
import { Bounds } from '../log/bounded-event-source.ts'
import type { Rebuild, RunningProjector } from '../projector-options.ts'
import { readPositions } from '../tables/clickhouse-positions.ts'

export type RebuildingOptions = {
  readonly client: ClickHouseClient
  readonly database: string
  readonly topic: string
  readonly generation: number
  /** Starts the ordinary projector with `database` as its target. */
  readonly start: (database: string, rebuild: Rebuild) => Promise<RunningProjector>
}

/** A projector that folds the log into rebuilt tables, up to `bounds`. */
export class Rebuilding {
  readonly bounds = new Bounds()
  deadLetters = 0
  readonly #options: RebuildingOptions
  #projector: RunningProjector | undefined

  constructor(options: RebuildingOptions) {
    this.#options = options
  }

  /** @returns `failed` rejects when the projector ends with an error, and never resolves */
  async begin(): Promise<{ readonly failed: Promise<never> }> {
    const { start, database, generation } = this.#options
    const onDeadLetters = (count: number) => {
      this.deadLetters += count
    }
    this.#projector = await start(database, { generation, bounds: this.bounds, onDeadLetters })
    const failed = this.#projector.done.then(() => new Promise<never>(() => undefined))
    failed.catch(() => undefined)
    return { failed }
  }

  /** Last folded offset by partition. */
  async folded(): Promise<ReadonlyMap<number, number>> {
    const { client, database, topic } = this.#options
    return (await readPositions(client, database, topic)).offsets
  }

  async stop(): Promise<void> {
    await this.#projector?.stop()
  }
}
