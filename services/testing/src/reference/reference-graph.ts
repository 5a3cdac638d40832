// Holds: all answers are those of one fold. Edges are computed once, at the first question.
import {
  type ColumnLink,
  isDropped,
  type JobIdentity,
  jobKey,
  type Run,
  type RunIdentity,
  runKey,
} from '@headwater/lineage'
import { compareTuples } from './compare-tuples.ts'
import { asserts, type EndedRun, isSuccess } from './ended-run.ts'
import { contains, declarationsByJob, declaredEdges, type ReferenceDeclaration } from './reference-declaration.ts'
import {
  edgeOrder,
  edgesOf,
  type ReferenceEdge,
  type ReferenceEdgeMode,
  type ReferenceEdgeName,
} from './reference-edge.ts'
import { type LineageOptions, type ReferenceLineage, walkLineage } from './reference-lineage.ts'
import { findPaths } from './reference-paths.ts'
import { type ReferenceWriter, successOrder, writersOf } from './reference-writer.ts'

/** The graph of one fold. */
export class ReferenceGraph {
  readonly #runs: ReadonlyMap<string, Run>
  readonly #writers: ReadonlyMap<string, ReadonlyMap<string, ReferenceWriter>>
  readonly #declarations: ReadonlyMap<string, readonly ReferenceDeclaration[]>
  readonly #lastDrops = new Map<string, number>()
  #ever: readonly ReferenceEdge[] | undefined
  #byOutput: ReadonlyMap<string, readonly Run[]> | undefined

  constructor(
    runs: readonly Run[],
    drops: readonly { readonly key: string; readonly occurredAt: number }[],
    declarations: readonly ReferenceDeclaration[],
  ) {
    this.#declarations = declarationsByJob(declarations)
    this.#runs = new Map(runs.map((run) => [runKey(run), run]))
    this.#writers = writersOf(runs)
    for (const { key, occurredAt } of drops) {
      this.#lastDrops.set(key, Math.max(occurredAt, this.lastDropOf(key) ?? occurredAt))
    }
  }

  /** The run of that identity, in whatever state. */
  run(reference: RunIdentity): Run | undefined {
    return this.#runs.get(runKey(reference))
  }

  /** The runs, in whatever state, that have the asset among their outputs. */
  runsThatWrote(asset: string): readonly Run[] {
    this.#byOutput ??= byOutput([...this.#runs.values()])
    return this.#byOutput.get(asset) ?? []
  }

  /** Rule: the SUCCEEDED runs of the job that have the asset among their outputs, ordered by (endedAt, runId). */
  successes(asset: string, job: JobIdentity): readonly EndedRun[] {
    return this.#writers.get(asset)?.get(jobKey(job))?.successes ?? []
  }

  /** The successes of an asset by any job, ordered by (endedAt, jobNamespace, jobName, runId). */
  successesOfAnyJob(asset: string): readonly EndedRun[] {
    const writers = [...(this.#writers.get(asset)?.values() ?? [])]
    return writers.flatMap(({ successes }) => successes).sort((a, b) => compareTuples(successOrder(a), successOrder(b)))
  }

  /** Rule: the last success. */
  currentRun(asset: string, job: JobIdentity): EndedRun | undefined {
    return this.successes(asset, job).at(-1)
  }

  /** The declarations of the job, in order. */
  declarations(job: JobIdentity): readonly ReferenceDeclaration[] {
    return this.#declarations.get(jobKey(job)) ?? []
  }

  /** Rule: runs win. The job's last success that wrote the asset decides; without one, its last declaration. */
  isAsserted(edge: ReferenceEdgeName): boolean {
    const run = this.currentRun(edge.to, edge)
    if (run !== undefined) return asserts(run, edge.from, edge.to)
    const declaration = this.declarations(edge).at(-1)
    return declaration !== undefined && contains(declaration, edge)
  }

  lastDropOf(asset: string): number | undefined {
    return this.#lastDrops.get(asset)
  }

  /** By the rule of the domain. */
  isDropped(asset: string): boolean {
    const lastDrop = this.lastDropOf(asset)
    return lastDrop !== undefined && isDropped({ lastDrop, lastSuccess: this.successesOfAnyJob(asset).at(-1)?.endedAt })
  }

  /** Whether a success of the edge's job, of that run id, asserts the edge. */
  isAssertedBy({ from, to, jobNamespace, jobName }: ReferenceEdgeName, runId: string): boolean {
    const run = this.run({ jobNamespace, jobName, runId })
    return run !== undefined && isSuccess(run) && asserts(run, from, to)
  }

  /** The edges of a mode with their evidence, ordered by (from, to, jobNamespace, jobName), including self edges. */
  edges(mode: ReferenceEdgeMode = 'current'): readonly ReferenceEdge[] {
    this.#ever ??= this.#findEdges()
    if (mode === 'ever') return this.#ever
    if (mode === 'current') return this.#ever.filter((edge) => edge.isCurrent)
    return this.#ever.filter((edge) => edge.lastSeen >= mode.seenSince)
  }

  /** Rule: the columns that the last success of each job reports for its outputs, unless an end is dropped. */
  columns(): readonly ColumnLink[] {
    const writers = [...this.#writers.values()].flatMap((byJob) => [...byJob.values()])
    return writers
      .flatMap(({ to, successes }) => columnsOf(to, successes.at(-1)))
      .filter(({ from, to }) => !this.isDropped(from.key) && !this.isDropped(to.key))
  }

  /** Rule: breadth-first over the edges of the mode; see `walkLineage`. */
  lineage(root: string, options: LineageOptions & { readonly edges?: ReferenceEdgeMode }): ReferenceLineage {
    return walkLineage(this.edges(options.edges), root, options)
  }

  /** Rule: the first `limit` simple paths over the edges of the mode, the shortest first; see `findPaths`. */
  paths(from: string, to: string, limit: number, mode?: ReferenceEdgeMode): readonly (readonly string[])[] {
    return findPaths(this.edges(mode), from, to, limit)
  }

  #findEdges(): readonly ReferenceEdge[] {
    const dropped = new Set([...this.#lastDrops.keys()].filter((key) => this.isDropped(key)))
    const writers = [...this.#writers.values()].flatMap((byJob) => [...byJob.values()])
    const declared = [...this.#declarations].flatMap(([job, declarations]) =>
      declaredEdges(declarations, (to) => this.#writers.get(to)?.get(job), dropped),
    )
    return writers
      .flatMap((writer) => edgesOf(writer, dropped))
      .concat(declared)
      .sort((a, b) => compareTuples(edgeOrder(a), edgeOrder(b)))
  }
}

function byOutput(runs: readonly Run[]): ReadonlyMap<string, readonly Run[]> {
  const found = new Map<string, Run[]>()
  for (const run of runs) {
    for (const key of run.outputs.keys()) {
      const known = found.get(key)
      if (known === undefined) found.set(key, [run])
      else known.push(run)
    }
  }
  return found
}

/** What the run reports about the columns of the asset. */
function columnsOf(asset: string, run: EndedRun | undefined): readonly ColumnLink[] {
  if (run === undefined) return []
  const { jobNamespace, jobName, runId, endedAt } = run
  return (run.outputs.get(asset)?.columns ?? []).map(({ column, ...made }) => ({
    ...made,
    to: { key: asset, column },
    by: { jobNamespace, jobName, runId, endedAt },
  }))
}
