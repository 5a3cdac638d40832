/** What decides whether an asset is dropped. Times are epoch milliseconds. */
export type AssetLife = {
  /** When the asset was last dropped. */
  readonly lastDrop: number | undefined
  /** When the latest success that wrote it, of any job, ended. */
  readonly lastSuccess: number | undefined
}

/** An asset is dropped while its last drop is later than its latest success; a success in the millisecond of the drop counts as after it. */
export const isDropped = ({ lastDrop, lastSuccess }: AssetLife): boolean =>
  lastDrop !== undefined && (lastSuccess === undefined || lastDrop > lastSuccess)
