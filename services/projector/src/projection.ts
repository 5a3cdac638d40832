import type { InputSetId, RunIdentity } from '@headwater/lineage'
import type { Decoder } from '@headwater/schemas'
import type { LogRecord } from './batch.ts'
import { BoundedSet } from './bounded-set.ts'
import { type FoldedBatch, foldBatch } from './fold-batch.ts'
import { type FactsOfRun, foldRuns } from './fold-runs.ts'
import { runKey } from './repeated-runs.ts'
import type { RowSink } from './row-sink.ts'
import type { InputSetRow } from './rows.ts'

// Holds: what events say by themselves is durable before runs are read back, so of several projectors that fold events of one
// run at once, the one that reads last sees all of them; and positions are written after everything else.

export interface Projection {
  fold(records: readonly LogRecord[]): FoldedBatch
  /** Resolves when the batch is durable, its positions included. After an error the same call may be made again. */
  store(batch: FoldedBatch): Promise<void>
}

export function createProjection(sink: RowSink, decoder: Decoder): Projection {
  // Values that are in the tables already and need not be written again: an economy, never a condition.
  const storedSets = new BoundedSet(500_000)
  const indexedEdges = new BoundedSet(500_000)

  async function storeBatch(batch: FoldedBatch): Promise<void> {
    const sets = new Map(batch.rows.inputSets.map((row) => [row.setId, row]))
    const newSets = [...sets.values()].filter((row) => !storedSets.has(row.setId))
    await sink.writeEvents({ ...batch.rows, inputSets: newSets })
    for (const { setId } of newSets) storedSets.add(setId)
    const runs = await knownRuns(sink, batch)
    const others = await otherSets(sink, runs, sets)
    const inputsOf = (setId: InputSetId) => sets.get(setId)?.inputs ?? others.get(setId) ?? []
    const { indexed, ...rows } = foldRuns(runs, inputsOf, (edge) => indexedEdges.has(edge))
    await sink.writeRuns(rows)
    for (const edge of indexed) indexedEdges.add(edge)
    await sink.writePositions(batch.positions)
  }

  return {
    fold: (records) => foldBatch(records, decoder),
    async store(batch) {
      try {
        await storeBatch(batch)
      } catch (error) {
        storedSets.clear()
        indexedEdges.clear()
        throw error
      }
    },
  }
}

/** All that is known of each run in the batch: from the tables where there is more than this batch's one event. */
async function knownRuns(sink: RowSink, { rows }: FoldedBatch): Promise<readonly FactsOfRun[]> {
  const byRun = new Map<string, FactsOfRun>()
  const identities: RunIdentity[] = []
  for (const { run, fact } of rows.runEvents) {
    const key = runKey(run)
    const known = byRun.get(key)
    if (known === undefined) identities.push(run)
    // Of re-deliveries the first recorded counts; where the facts differ, the tables tell.
    if ((known?.facts[0]?.recordedAt ?? Infinity) > fact.recordedAt) byRun.set(key, { identity: run, facts: [fact] })
  }
  for (const repeated of await sink.factsOfRepeatedRuns(identities)) {
    const key = runKey(repeated.identity)
    if (byRun.has(key)) byRun.set(key, repeated)
  }
  return [...byRun.values()]
}

/** Input sets that events of these runs name but no event of this batch. */
async function otherSets(
  sink: RowSink,
  runs: readonly FactsOfRun[],
  inBatch: ReadonlyMap<InputSetId, InputSetRow>,
): Promise<ReadonlyMap<InputSetId, readonly string[]>> {
  const missing = new Set<InputSetId>()
  for (const { facts } of runs) {
    if (facts.length === 1) continue // that one is of this batch
    for (const fact of facts) {
      for (const setId of [fact.inputSet, ...fact.outputs.map((output) => output.inputSet)]) {
        if (setId !== null && setId !== undefined && !inBatch.has(setId)) missing.add(setId)
      }
    }
  }
  return missing.size === 0 ? new Map() : sink.inputSets([...missing])
}
