import type { InputSetId } from '@headwater/lineage'
import type { Decoder } from '@headwater/schemas'
import type { LogRecord } from './batch.ts'
import { BatchFold } from './batch-fold.ts'
import { EncodedRows } from './encoded-rows.ts'
import { type FoldedBatch, foldBatch } from './fold-batch.ts'
import { addRun, type FactsOfRun } from './fold-runs.ts'
import { KnownValues } from './known-values.ts'
import type { RowSink } from './row-sink.ts'
import { positions } from './tables.ts'

// Holds: what events say by themselves is durable before runs are read back, so of several projectors that fold events of one
// run at once, the one that reads last sees all of them; and positions are written after everything else.

export type EncodedBatch = FoldedBatch & { readonly rows: EncodedRows }

export interface Projection {
  fold(records: readonly LogRecord[]): EncodedBatch
  /** Resolves when the batch is durable, its positions included. After an error the same call may be made again. */
  store(batch: EncodedBatch): Promise<void>
}

export function createProjection(sink: RowSink, decoder: Decoder): Projection {
  const known = new KnownValues()

  async function storeBatch({ fold, rows, positions: last }: EncodedBatch): Promise<void> {
    await sink.write(rows.tables())
    const repeated = await sink.factsOfRepeatedRuns([...fold.runs.values()])
    if (repeated.length > 0) await sink.write(await rowsOfRepeated(repeated, fold))
    for (const setId of fold.sets.keys()) known.inputSets.add(setId)
    for (const edge of fold.edges) known.edges.add(edge)
    const progress = new EncodedRows()
    for (const position of last) progress.add(positions, position)
    await sink.write(progress.tables())
  }

  /** A run of which more is known than one event of this batch told. */
  async function rowsOfRepeated(runs: readonly FactsOfRun[], fold: BatchFold) {
    const others = await otherSets(sink, runs, fold)
    const rows = new EncodedRows()
    const indexing = {
      inputsOf: (setId: InputSetId) => fold.sets.get(setId) ?? others.get(setId) ?? [],
      isNewEdge: (edge: string) => !known.edges.has(edge),
    }
    for (const run of runs) addRun(run, indexing, rows)
    return rows.tables()
  }

  return {
    fold(records) {
      const rows = new EncodedRows()
      return { ...foldBatch(records, decoder, new BatchFold(known, rows)), rows }
    },
    async store(batch) {
      try {
        await storeBatch(batch)
      } catch (error) {
        known.clear()
        throw error
      }
    },
  }
}

/** Input sets that events of these runs name but no event of this batch. */
async function otherSets(
  sink: RowSink,
  runs: readonly FactsOfRun[],
  { sets }: BatchFold,
): Promise<ReadonlyMap<InputSetId, readonly string[]>> {
  const missing = new Set<InputSetId>()
  for (const fact of runs.flatMap(({ facts }) => facts)) {
    for (const setId of [fact.inputSet, ...fact.outputs.map((output) => output.inputSet)]) {
      if (setId !== null && setId !== undefined && !sets.has(setId)) missing.add(setId)
    }
  }
  return missing.size === 0 ? new Map() : sink.inputSets([...missing])
}
