// Holds: the records that come out depend on the options alone, and each has a number of its own. What a run says in several events
// waits here until it is its turn, so that events of many runs are mixed and out of order.
import type { HeadwaterEvent } from '@headwater/schemas'
import { buildAssetEvent, buildCheckEvent, buildMaterialization } from '../../events/build-event.ts'
import { SeededRandom } from '../seeded-random.ts'
import { assetEventParts, checkEventParts } from './asset-parts.ts'
import type { ChaosWorld } from './chaos-world.ts'
import { eventIdOf } from './event-number.ts'
import { type PlannedRecord, poisonKinds } from './planned-record.ts'
import { type RunEventParts, RunPlanner } from './run-planner.ts'

export type PlannedLoadOptions = {
  readonly seed: number
  readonly world: ChaosWorld
  /** Epoch milliseconds: when the first event happens. */
  readonly startedAt: number
  /** Time between events. */
  readonly everyMs: number
  readonly partitions: number
}

const minute = 60_000
const poisonShare = 0.02

export class PlannedLoad {
  readonly #options: PlannedLoadOptions
  readonly #random: SeededRandom
  readonly #runs: RunPlanner
  readonly #waiting: RunEventParts[] = []
  #numbers = 0

  constructor(options: PlannedLoadOptions) {
    this.#options = options
    this.#random = new SeededRandom(options.seed, 'load')
    this.#runs = new RunPlanner(this.#random, options.world.jobs, options.seed)
  }

  next(): PlannedRecord {
    const random = this.#random
    const number = this.#numbers++
    const partition = random.chance(0.2) ? random.below(this.#options.partitions) : null
    const base = { eventId: eventIdOf(this.#options.seed, number), occurredAt: this.#occurredAt(number) }
    if (random.chance(poisonShare)) {
      const [parts] = this.#runs.next(number)
      return { kind: 'poison', poison: random.pick(poisonKinds), number, partition, event: runEvent(base, parts) }
    }
    return { kind: 'event', number, partition, event: this.#event(base, number) }
  }

  #event(base: { readonly eventId: string; readonly occurredAt: number }, number: number): HeadwaterEvent {
    const random = this.#random
    const { assets } = this.#options.world
    if (random.chance(0.05))
      return buildAssetEvent({ ...base, ...assetEventParts(random, random.pick(assets), number) })
    if (random.chance(0.05))
      return buildCheckEvent({ ...base, ...checkEventParts(random, random.pick(assets), number) })
    const isLater = this.#waiting.length > 0 && random.chance(0.5)
    if (!isLater) this.#waiting.push(...random.shuffled(this.#runs.next(number)))
    const [parts] = this.#waiting.splice(random.below(this.#waiting.length), 1)
    return runEvent(base, parts)
  }

  /** Mostly now; some hours late, some ahead by the clock of another machine, very few far in the future. */
  #occurredAt(number: number): number {
    const random = this.#random
    const now = Math.round(this.#options.startedAt + number * this.#options.everyMs)
    if (random.chance(0.08)) return now - random.below(6 * 60 * minute)
    if (random.chance(0.03)) return now + random.below(minute / 2)
    if (random.chance(0.0005)) return now + random.below(120 * minute)
    return now
  }
}

const runEvent = (base: { readonly eventId: string; readonly occurredAt: number }, parts: RunEventParts | undefined) =>
  buildMaterialization({ ...base, ...parts })
