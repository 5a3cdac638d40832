import type { MaterializationEvent } from '@headwater/schemas'
import { AssetSightings, covers, extend, type SeenSpan, spanOf } from './asset-sightings.ts'
import { BoundedMap } from './bounded-map.ts'
import { contentHash, type Hash128 } from './content-hash.ts'
import type { RowCollector } from './table.ts'
import { assetReads, inputSets } from './tables.ts'

const capacity = 500_000

type Job = MaterializationEvent['job']
type KnownSet = SeenSpan & {
  readonly id: Hash128
  readonly inputs: readonly string[]
  reader: Job
  others?: Set<string>
}

// Holds: what is remembered is in rows that were added before. It is an economy, never a condition: forgetting costs a row again.

/** Rows that many events have in common: each is added when an event needs it first. */
export class CommonRows {
  readonly #sets = new BoundedMap<string, KnownSet>(capacity)
  readonly #sightings = new AssetSightings()

  /** Notes that an event names the asset. */
  see(key: string, seenAt: number, rows: RowCollector): void {
    this.#sightings.add(key, seenAt, rows)
  }

  /** The id of the set of keys that an event says `job` read; null for the empty set. */
  inputSet(keys: readonly string[], job: Job, seenAt: number, rows: RowCollector): Hash128 | null {
    if (keys.length === 0) return null
    const inputs = isSortedSet(keys) ? keys : [...new Set(keys)].sort()
    const members = inputs.length === 1 ? (inputs[0] ?? '') : inputs.join('\n') // keys cannot hold a line feed
    const known = this.#sets.get(members) ?? this.#learn(members, inputs, job, seenAt, rows)
    if (!covers(known, seenAt)) {
      for (const key of inputs) this.see(key, seenAt, rows)
      extend(known, seenAt)
    }
    if (!isReader(known, job)) addReads(known, job, rows)
    return known.id
  }

  #learn(members: string, inputs: readonly string[], job: Job, seenAt: number, rows: RowCollector): KnownSet {
    const known = { id: contentHash(members), inputs, reader: job, ...spanOf(seenAt) }
    this.#sets.set(members, known)
    rows.add(inputSets, { setId: known.id, inputs })
    for (const key of inputs) this.see(key, seenAt, rows)
    addReads(known, job, rows)
    return known
  }
}

function isReader({ reader, others }: KnownSet, job: Job): boolean {
  if (reader.name === job.name && reader.namespace === job.namespace) return true
  return others?.has(JSON.stringify([job.namespace, job.name])) ?? false
}

function addReads(known: KnownSet, job: Job, rows: RowCollector): void {
  for (const asset of known.inputs) {
    rows.add(assetReads, { asset, jobNamespace: job.namespace, jobName: job.name, setId: known.id })
  }
  if (known.reader === job) return
  known.others ??= new Set()
  known.others.add(JSON.stringify([job.namespace, job.name]))
}

function isSortedSet(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) if ((keys[index - 1] ?? '') >= (keys[index] ?? '')) return false
  return true
}
