import type { InputSetId } from '@headwater/lineage'
import type { Decoder } from '@headwater/schemas'
import type { LogRecord } from './batch.ts'
import { BatchFold } from './batch-fold.ts'
import { EncodedRows, type EncodedTable } from './encoded-rows.ts'
import { type FoldedBatch, foldBatch } from './fold-batch.ts'
import { addRun, type FactsOfRun } from './fold-runs.ts'
import { KnownValues } from './known-values.ts'
import type { RowSink } from './row-sink.ts'
import { positions, runEvents } from './tables.ts'

// Holds: the input sets that an event names are durable before the event is, so who reads the one finds the other; events are
// durable before runs are read back, so of several projectors that fold events of one run at once, the one that reads last sees
// all of them; positions are written after everything else.

export type EncodedBatch = FoldedBatch & { readonly rows: EncodedRows }

export interface Projection {
  fold(records: readonly LogRecord[]): EncodedBatch
  /** Resolves when the batch is durable, its positions included. After an error the same call may be made again. */
  store(batch: EncodedBatch): Promise<void>
}

export function createProjection(sink: RowSink, decoder: Decoder): Projection {
  const known = new KnownValues()

  async function storeBatch({ fold, rows, positions: last }: EncodedBatch): Promise<void> {
    const tables = rows.tables()
    const isFacts = ({ name }: EncodedTable) => name === runEvents.name
    await sink.write(tables.filter((table) => !isFacts(table)))
    await sink.write(tables.filter(isFacts))
    const repeated = await sink.factsOfRepeatedRuns(fold.runIds)
    if (repeated.length > 0) await sink.write(await rowsOfRepeated(sink, repeated, fold))
    fold.stored()
    const progress = new EncodedRows()
    for (const position of last) progress.add(positions, position)
    await sink.write(progress.tables())
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

/** Rows of runs of which more is known than one event of this batch told. */
async function rowsOfRepeated(sink: RowSink, runs: readonly FactsOfRun[], fold: BatchFold) {
  const others = await otherSets(sink, runs, fold)
  const rows = new EncodedRows()
  const index = {
    inputsOf: (setId: InputSetId) => fold.inputsOf(setId) ?? others.get(setId),
    isIndexed: () => false,
  }
  for (const run of runs) addRun(run, index, rows)
  return rows.tables()
}

/** Input sets that events of these runs name but no event of this batch. */
async function otherSets(
  sink: RowSink,
  runs: readonly FactsOfRun[],
  fold: BatchFold,
): Promise<ReadonlyMap<InputSetId, readonly string[]>> {
  const missing = new Set<InputSetId>()
  for (const fact of runs.flatMap(({ facts }) => facts)) {
    for (const setId of [fact.inputSet, ...fact.outputs.map((output) => output.inputSet)]) {
      if (setId !== null && setId !== undefined && fold.inputsOf(setId) === undefined) missing.add(setId)
    }
  }
  return missing.size === 0 ? new Map() : sink.inputSets([...missing])
}
