import type { Decoder } from '@headwater/schemas'
import { CommonRows } from './fold/common/common-rows.ts'
import { type FoldedBatch, foldBatch } from './fold/fold-batch.ts'
import type { Batch } from './log/record-range.ts'
import { EncodedRows, type EncodedTable } from './tables/encoded-rows.ts'
import { positions } from './tables/progress-tables.ts'
import type { RowSink } from './tables/row-sink.ts'
import { runFacts } from './tables/run-facts-table.ts'

// Holds: what events name is durable before the runs they tell of are visible, so that who sees a run sees its inputs and
// outputs; positions are written after everything else. Batches must be published in the order in which they were folded: rows
// that one has in common with an earlier one are in that one only.

export type EncodedBatch = FoldedBatch & { readonly rows: EncodedRows }

export interface Projection {
  fold(batch: Batch): Promise<EncodedBatch>
  /** Makes durable what the runs of the batch name. */
  prepare(batch: EncodedBatch): Promise<void>
  /**
   * Makes the runs durable, then the batch's positions. To be called when the batch is prepared and all before are published; ends
   * the batch. After an error it, like `prepare`, may be called again.
   */
  publish(batch: EncodedBatch): Promise<void>
}

/**
 * @param learn makes the decoder know a schema id
 * @param generation of the tables that it writes
 */
export function createProjection(
  sink: Pick<RowSink, 'write'>,
  decoder: Decoder,
  learn: (schemaId: number) => Promise<void>,
  generation = 0,
): Projection {
  const common = new CommonRows()
  const spare: EncodedRows[] = []
  return {
    async fold(batch) {
      const rows = spare.pop() ?? new EncodedRows()
      return { ...(await foldBatch(batch, { decoder, learn, common, rows })), rows }
    },
    prepare: ({ rows }) => sink.write(rows.tables().filter((table) => !isRuns(table))),
    async publish({ rows, positions: last }) {
      await sink.write(rows.tables().filter(isRuns))
      const progress = new EncodedRows()
      for (const position of last) progress.add(positions, { ...position, generation })
      await sink.write(progress.tables())
      rows.clear()
      spare.push(rows)
    },
  }
}

const isRuns = ({ name }: EncodedTable): boolean => name === runFacts.name
