/** Facets by name. They come from outside: ask for own properties only. */
export type FacetMap = Readonly<Record<string, unknown>>

export type OpenLineageJob = {
  readonly namespace: string
  readonly name: string
  readonly facets?: FacetMap
}

export type OpenLineageDataset = {
  readonly namespace: string
  readonly name: string
  readonly facets?: FacetMap
  /** Of an input: about this reading of it. */
  readonly inputFacets?: FacetMap
  /** Of an output: about this writing of it. */
  readonly outputFacets?: FacetMap
}

type SaidAt = {
  /** RFC 3339. */
  readonly eventTime: string
  /** URI of the code that made the event. */
  readonly producer?: string
  readonly schemaURL?: string
}

type Datasets = {
  readonly inputs?: readonly OpenLineageDataset[]
  readonly outputs?: readonly OpenLineageDataset[]
}

export type OpenLineageRunEvent = SaidAt &
  Datasets & {
    /** START, RUNNING, COMPLETE, ABORT, FAIL or OTHER; any other text counts as OTHER. */
    readonly eventType?: string
    readonly run: { readonly runId: string; readonly facets?: FacetMap }
    readonly job: OpenLineageJob
  }

/** What is known of a job outside its runs. */
export type OpenLineageJobEvent = SaidAt & Datasets & { readonly job: OpenLineageJob }

/** What is known of a dataset outside jobs. */
export type OpenLineageDatasetEvent = SaidAt & { readonly dataset: OpenLineageDataset }

/** An event of OpenLineage's specification 2-0-2. Its kind is told by its keys. */
export type OpenLineageEvent = OpenLineageRunEvent | OpenLineageJobEvent | OpenLineageDatasetEvent
