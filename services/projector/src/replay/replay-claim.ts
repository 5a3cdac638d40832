import { hostname } from 'node:os'
import type { ClickHouseClient } from '@clickhouse/client'
import { readRows, replayLeaseMs, runStatement } from '@headwater/clickhouse'
import { ProjectorError } from '../errors.ts'
import type { FoundReplay, ReplayState } from './replay-plan.ts'

// Holds: a process writes its rows one after another, so its latest state counts; when several processes claim a replay, the one that
// began first goes on and all later ones fail. A claim is void when it was not renewed for `replayLeaseMs`, or when its process no
// longer exists on this host.

type Row = { readonly generation: number; readonly owner: string; readonly state: ReplayState; readonly age: string }

const renewMs = 2_000
const running: ReadonlySet<ReplayState> = new Set(['building', 'pausing', 'swapped'])

/** The row of this process in table replays. */
export class ReplayClaim {
  readonly #client: ClickHouseClient
  readonly #database: string
  readonly owner = [Date.now().toString(36), hostname(), process.pid].join(' ')
  #generation = 0
  #state: ReplayState | undefined
  #writing: Promise<void> = Promise.resolve()
  #renewing: NodeJS.Timeout | undefined
  #lose: (error: Error) => void = () => undefined

  /** Rejects when another process turns out to have begun earlier. */
  readonly lost = new Promise<never>((_, reject) => {
    this.#lose = reject
  })

  constructor(client: ClickHouseClient, database: string) {
    this.#client = client
    this.#database = database
    this.lost.catch(() => undefined)
  }

  /** The latest replay of another process. @throws ProjectorError REPLAY_AT_WORK when it is still running */
  async last(): Promise<FoundReplay | undefined> {
    const rows = await this.#rows()
    const other = rows.find((row) => row.owner !== this.owner && isAlive(row))
    if (other !== undefined) throw busy(other)
    return rows.filter((row) => row.owner !== this.owner).toSorted((a, b) => Number(a.age) - Number(b.age))[0]
  }

  /** Writes the state and, while it is a running one, keeps renewing it. @throws ProjectorError REPLAY_AT_WORK */
  async enter(state: ReplayState, generation: number = this.#generation): Promise<void> {
    this.#generation = generation
    this.#state = state
    clearInterval(this.#renewing)
    await this.#write()
    if (!running.has(state)) return
    await this.#requireFirst()
    this.#renewing = setInterval(() => {
      this.#write()
        .then(() => this.#requireFirst())
        .catch((error: Error) => {
          if (error instanceof ProjectorError) this.#lose(error)
        })
    }, renewMs)
  }

  /** Renews the claim now. @throws ProjectorError REPLAY_AT_WORK */
  async renew(): Promise<void> {
    await this.#write()
    await this.#requireFirst()
  }

  /** Stops renewing; the last state stays. */
  async end(): Promise<void> {
    clearInterval(this.#renewing)
    await this.#writing.catch(() => undefined)
  }

  get state(): ReplayState | undefined {
    return this.#state
  }

  #write(): Promise<void> {
    const writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        await runStatement(this.#client, {
          query: `INSERT INTO {database:Identifier}.replays (generation, owner, state)
            SELECT {generation:UInt32}, {owner:String}, {state:String}`,
          query_params: {
            ...{ database: this.#database, generation: this.#generation, owner: this.owner, state: this.#state },
          },
          clickhouse_settings: { async_insert: 0 },
        })
      })
    this.#writing = writing
    return writing
  }

  async #requireFirst(): Promise<void> {
    const earlier = (await this.#rows()).find((row) => row.owner < this.owner && isAlive(row))
    if (earlier !== undefined) throw busy(earlier)
  }

  async #rows(): Promise<readonly Row[]> {
    return readRows<Row>(this.#client, {
      query: `SELECT generation, owner, state, dateDiff('millisecond', changed_at, now64(3)) AS age
        FROM {database:Identifier}.replays FINAL`,
      query_params: { database: this.#database },
    })
  }
}

function isAlive({ owner, state, age }: Row): boolean {
  if (!running.has(state) || Number(age) >= replayLeaseMs) return false
  const [, host, pid] = owner.split(' ')
  return host !== hostname() || isRunning(Number(pid))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function busy({ owner, generation, age }: Row): ProjectorError {
  const [, host, pid] = owner.split(' ')
  return new ProjectorError(
    'REPLAY_AT_WORK',
    `Another replay is running: process ${pid} on ${host} builds generation ${generation} and renewed its claim ${Math.round(Number(age) / 1_000)} s ago. Wait for it, or stop it; the claim of a killed process expires after ${replayLeaseMs / 1_000} s`,
    { retryable: true },
  )
}
