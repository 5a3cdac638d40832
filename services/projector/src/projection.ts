import type { Decoder } from '@headwater/schemas'
import { CommonRows } from './fold/common/common-rows.ts'
import { type FoldedBatch, foldBatch } from './fold/fold-batch.ts'
import type { Batch } from './log/record-range.ts'
import { EncodedRows, type EncodedTable } from './tables/encoded-rows.ts'
import { logGaps, positions } from './tables/progress-tables.ts'
import type { RowSink } from './tables/row-sink.ts'
import type { FoldedLog } from './tables/rows.ts'
import { runFacts } from './tables/run-facts-table.ts'

// Holds: the assets and sets that events name are durable before their runs are visible, so that a reader who sees a run sees its
// inputs and outputs; positions are written last. Batches must be published in the order in which they were folded: a row that a
// batch shares with an earlier batch is only in the earlier one.

export type EncodedBatch = FoldedBatch & { readonly rows: EncodedRows }

export interface Projection {
  fold(batch: Batch): Promise<EncodedBatch>
  /** Stores every row but the runs, so that what the runs name is durable. */
  prepare(batch: EncodedBatch): Promise<void>
  /**
   * Stores the runs, then the positions of the batch, and ends the batch. Call it when the batch is prepared and every earlier batch
   * is published. After an error, `prepare` and `publish` may be called again.
   */
  publish(batch: EncodedBatch): Promise<void>
}

/**
 * @param learn teaches the decoder a schema id
 * @param target the tables it writes
 */
export function createProjection(
  sink: Pick<RowSink, 'write'>,
  decoder: Decoder,
  learn: (schemaId: number) => Promise<void>,
  target: FoldedLog = { generation: 0, logId: '' },
): Projection {
  const common = new CommonRows()
  const spare: EncodedRows[] = []
  return {
    async fold(batch) {
      const rows = spare.pop() ?? new EncodedRows()
      const folded = await foldBatch(batch, { decoder, learn, common, rows })
      const { logId } = target
      for (const gap of folded.gaps) rows.add(logGaps, { ...gap, logId, noticedAt: Date.now() })
      return { ...folded, rows }
    },
    prepare: ({ rows }) => sink.write(rows.tables().filter((table) => !isRuns(table))),
    async publish({ rows, positions: last }) {
      await sink.write(rows.tables().filter(isRuns))
      const progress = new EncodedRows()
      for (const position of last) progress.add(positions, { ...position, ...target, isFolded: true })
      await sink.write(progress.tables())
      rows.clear()
      spare.push(rows)
    },
  }
}

const isRuns = ({ name }: EncodedTable): boolean => name === runFacts.name
