// Holds: `lag` is what the last look showed; a promise of `caughtUp` resolves at the first look that shows the tables at or past its target.
import type { ClickHouseClient } from '@clickhouse/client'
import type { Admin, Kafka } from 'kafkajs'

/** Next offset by partition. */
export type Offsets = ReadonlyMap<number, number>

export type FoldWatchOptions = {
  readonly kafka: Kafka
  readonly clickhouse: ClickHouseClient
  readonly database: string
  readonly topic: string
}

type Wait = { readonly target: Offsets; readonly resolve: () => void }

const lookMs = 200

/** Looks again and again where the log ends and how far the tables hold it. Parts may be away meanwhile. */
export class FoldWatch {
  readonly #options: FoldWatchOptions
  #waits: Wait[] = []
  #lag: number | undefined
  #folded: Offsets = new Map()
  #lastRecords: Offsets | undefined
  #isStopped = false
  #looking: Promise<void> = Promise.resolve()
  #admin: Promise<Admin> | undefined

  constructor(options: FoldWatchOptions) {
    this.#options = options
  }

  /** Records of the log that are not in the tables; undefined when the last look failed. */
  get lag(): number | undefined {
    return this.#lag
  }

  /** What is waited for, by partition; empty when nothing is. */
  get missing(): readonly string[] {
    const missing = this.#waits.flatMap(({ target }) =>
      [...this.#reachable(target)]
        .filter(([partition, next]) => next > (this.#folded.get(partition) ?? 0))
        .map(([partition, next]) => `partition ${partition}: folded to ${this.#folded.get(partition) ?? 0} of ${next}`),
    )
    return [...new Set(missing)].sort()
  }

  start(): void {
    this.#looking = this.#look()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#looking
    await this.#disconnect()
  }

  /** Where the log ends; waits for the broker. */
  async logEnds(): Promise<Offsets> {
    for (;;) {
      try {
        return await this.#ends()
      } catch (error) {
        if (this.#isStopped) throw error
        await new Promise((resolve) => setTimeout(resolve, lookMs))
      }
    }
  }

  /** Next offset to fold, by partition. @throws while ClickHouse is away */
  async folded(): Promise<Offsets> {
    const { clickhouse, database, topic } = this.#options
    const result = await clickhouse.query({
      query: `SELECT partition, max(last_offset) + 1 AS next FROM \`${database}\`.folded_offsets
        WHERE topic = {topic:String} AND is_folded = 1 GROUP BY partition`,
      query_params: { topic },
      format: 'JSONEachRow',
    })
    const rows = await result.json<{ partition: number; next: string }>()
    return new Map(rows.map(({ partition, next }) => [partition, Number(next)]))
  }

  /** The log grows no more. Markers of transactions after these ends of its records are folded nowhere, so nothing waits for them. */
  endLog(lastRecords: Offsets): void {
    this.#lastRecords = lastRecords
  }

  /** Resolves when the tables hold everything before `target`. */
  caughtUp(target: Offsets): Promise<void> {
    return new Promise((resolve) => this.#waits.push({ target, resolve }))
  }

  async #look(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const [ends, folded] = await Promise.all([this.#ends(), this.folded()])
        this.#folded = folded
        this.#lag = behind(folded, ends)
        const due = this.#waits.filter(({ target }) => behind(folded, this.#reachable(target)) === 0)
        this.#waits = this.#waits.filter((wait) => !due.includes(wait))
        for (const { resolve } of due) resolve()
      } catch {
        this.#lag = undefined
      }
      await new Promise((resolve) => setTimeout(resolve, lookMs))
    }
  }

  #reachable(target: Offsets): Offsets {
    const ends = this.#lastRecords
    if (ends === undefined) return target
    return new Map([...target].map(([partition, next]) => [partition, Math.min(next, ends.get(partition) ?? 0)]))
  }

  /** With a new connection after a failure. */
  async #ends(): Promise<Offsets> {
    this.#admin ??= connectedAdmin(this.#options.kafka)
    try {
      const ends = await (await this.#admin).fetchTopicOffsets(this.#options.topic)
      return new Map(ends.map(({ partition, high }) => [partition, Number(high)]))
    } catch (error) {
      await this.#disconnect()
      throw error
    }
  }

  async #disconnect(): Promise<void> {
    const admin = this.#admin
    this.#admin = undefined
    await admin?.then((connected) => connected.disconnect()).catch(() => undefined)
  }
}

async function connectedAdmin(kafka: Kafka): Promise<Admin> {
  const admin = kafka.admin({ retry: { retries: 1 } })
  await admin.connect()
  return admin
}

/** How many records of `target` are not folded yet. */
function behind(folded: Offsets, target: Offsets): number {
  let records = 0
  for (const [partition, next] of target) records += Math.max(0, next - (folded.get(partition) ?? 0))
  return records
}
