import type { EdgeChanges, Moment } from '@headwater/lineage'

/** Two moments to compare, epoch milliseconds. */
export type Span = Omit<Moment, 'asOf'> & { readonly from: number; readonly to: number }

export interface ChangeReader {
  /**
   * Edges that are current at only one of the two moments, sorted by ends and job.
   * @param among where given, only edges between these assets are returned
   */
  between(span: Span, among?: readonly string[]): Promise<EdgeChanges>
}
