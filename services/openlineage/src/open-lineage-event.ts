/** Facets by name. Untrusted: read own properties only (`ownProperty`). */
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
  /** Of an input: facets about this run reading it. */
  readonly inputFacets?: FacetMap
  /** Of an output: facets about this run writing it. */
  readonly outputFacets?: FacetMap
}

type EventHeader = {
  /** RFC 3339. */
  readonly eventTime: string
  /** URI of the code that sent the event. */
  readonly producer?: string
  readonly schemaURL?: string
}

type Datasets = {
  readonly inputs?: readonly OpenLineageDataset[]
  readonly outputs?: readonly OpenLineageDataset[]
}

export type OpenLineageRunEvent = EventHeader &
  Datasets & {
    /** START, RUNNING, COMPLETE, ABORT, FAIL or OTHER; any other text counts as OTHER. */
    readonly eventType?: string
    readonly run: { readonly runId: string; readonly facets?: FacetMap }
    readonly job: OpenLineageJob
  }

/** Describes a job outside of its runs. */
export type OpenLineageJobEvent = EventHeader & Datasets & { readonly job: OpenLineageJob }

/** Describes a dataset outside of jobs. */
export type OpenLineageDatasetEvent = EventHeader & { readonly dataset: OpenLineageDataset }

/** An event of OpenLineage's specification 2-0-2. Its kind follows from which of `run`, `job` and `dataset` it has. */
export type OpenLineageEvent = OpenLineageRunEvent | OpenLineageJobEvent | OpenLineageDatasetEvent
