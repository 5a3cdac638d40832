import type { KeyOf } from '../dataset-key.ts'
import type { FieldLineage } from '../facets/lineage/column-lineage.ts'
import type { ExplicitLineage, LineageEntry, LineageSource } from '../facets/lineage/explicit-lineage.ts'

type JobName = { readonly namespace: string; readonly name: string }

/** True for the job of the event, which a source may leave unnamed. */
const isOwnJob = (source: Pick<LineageSource, 'kind' | 'namespace' | 'name'>, job: JobName | undefined): boolean =>
  source.kind === 'job' &&
  (source.name === undefined || (source.namespace === job?.namespace && source.name === job?.name))

/** The upstreams of the job itself; undefined where no entry names the job. */
export function jobSources(entries: readonly LineageEntry[], job: JobName, key: KeyOf): readonly string[] | undefined {
  const ofThisJob = entries.filter(({ target }) => isOwnJob(target, job))
  return ofThisJob.length === 0 ? undefined : ofThisJob.flatMap(({ inputs }) => keysOf(inputs ?? [], key))
}

/**
 * The explicit upstreams of a dataset; null without explicit lineage. Where the dataset comes from the job of the event, its upstreams
 * are those of the job. Another job is not an asset and adds no upstream.
 */
export function explicitSources(
  { inputs, fields }: ExplicitLineage,
  job: JobName | undefined,
  ofJob: readonly string[],
  key: KeyOf,
): readonly string[] | null {
  if (inputs === undefined && fields.length === 0) return null
  const throughJob = inputs?.some((source) => isOwnJob(source, job)) === true ? ofJob : []
  const named = keysOf([...(inputs ?? []), ...fields.flatMap((field) => field.inputs)], key)
  return [...new Set([...named, ...throughJob])]
}

/** The column lineage within explicit lineage: from its fields, and for the whole row from inputs that name a field. */
export function explicitColumns({ inputs, fields }: ExplicitLineage): FieldLineage {
  const whole = fieldInputs((inputs ?? []).filter((source) => source.kind === 'dataset' && source.field !== undefined))
  const columns = fields.map(({ column, inputs: sources }) => ({ column, inputs: fieldInputs(sources) }))
  return [...(whole.length === 0 ? [] : [{ column: '', inputs: whole }]), ...columns]
}

const fieldInputs = (sources: readonly LineageSource[]) =>
  sources.flatMap((source) =>
    source.kind === 'dataset'
      ? [
          {
            namespace: source.namespace,
            name: source.name,
            field: source.field ?? '',
            transformations: source.transformations,
          },
        ]
      : [],
  )

const keysOf = (sources: readonly LineageSource[], key: KeyOf): readonly string[] =>
  sources.flatMap((source) => (source.kind === 'dataset' ? [key(source).key] : []))
