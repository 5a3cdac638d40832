import type { Decoder } from '@headwater/schemas'
import type { LogRecord } from './batch.ts'
import { CommonRows } from './common-rows.ts'
import { EncodedRows, type EncodedTable } from './encoded-rows.ts'
import { type FoldedBatch, foldBatch } from './fold-batch.ts'
import type { RowSink } from './row-sink.ts'
import { positions, runFacts } from './tables.ts'

// Holds: what events name and say is durable before the runs they tell of are visible, so that who sees a run sees its inputs and
// outputs; positions are written after everything else. Batches must be stored in the order in which they were folded: rows that
// one has in common with an earlier one are in that one only.

export type EncodedBatch = FoldedBatch & { readonly rows: EncodedRows }

export interface Projection {
  fold(records: readonly LogRecord[]): EncodedBatch
  /** Resolves when the batch is durable, its positions included. After an error the same call may be made again. */
  store(batch: EncodedBatch): Promise<void>
}

export function createProjection(sink: RowSink, decoder: Decoder): Projection {
  const common = new CommonRows()
  return {
    fold(records) {
      const rows = new EncodedRows()
      return { ...foldBatch(records, decoder, common, rows), rows }
    },
    async store({ rows, positions: last }) {
      const tables = rows.tables()
      await sink.write(tables.filter((table) => !isRuns(table)))
      await sink.write(tables.filter(isRuns))
      const progress = new EncodedRows()
      for (const position of last) progress.add(positions, position)
      await sink.write(progress.tables())
    },
  }
}

const isRuns = ({ name }: EncodedTable): boolean => name === runFacts.name
