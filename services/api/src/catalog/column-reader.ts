import type { ColumnLink, ColumnSelection, Moment } from '@headwater/lineage'
import type { Column } from '../contract/index.ts'

export interface ColumnReader {
  /**
   * Current links into (upstream) or out of (downstream) the selected columns, in no particular order. A link of a whole row
   * concerns every column.
   */
  links(
    selected: readonly ColumnSelection[],
    direction: 'upstream' | 'downstream',
    moment: Moment,
  ): Promise<readonly ColumnLink[]>
  /** The latest schema reported for each asset, by canonical key; assets without a schema are left out. */
  schemas(keys: readonly string[], moment: Moment): Promise<ReadonlyMap<string, readonly Column[]>>
}
