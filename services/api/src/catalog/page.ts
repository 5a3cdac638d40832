/** Items of one page, and the place after which the next page starts; null on the last page. */
export type Page<Item, Place> = { readonly items: readonly Item[]; readonly next: Place | null }

/** Which page to return: at most `limit` items that come after `after`. */
export type PageRequest<Place> = { readonly limit: number; readonly after?: Place | undefined }

/** The place of a run in lists, which are sorted by descending `at`, namespace, name and run id. */
export type RunPlace = {
  /** When the run ended or, while it has not, the time of its latest event; epoch milliseconds. */
  readonly at: number
  readonly jobNamespace: string
  readonly jobName: string
  readonly runId: string
}
