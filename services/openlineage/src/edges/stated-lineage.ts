import type { KeyOf } from '../dataset-key.ts'
import type { FieldLineage } from '../facets/lineage/column-lineage.ts'
import type { LineageEntry, LineageSource, StatedLineage } from '../facets/lineage/stated-lineage.ts'

type JobName = { readonly namespace: string; readonly name: string }

/** True for the event's own job, by name or unnamed. */
const isOwnJob = (source: Pick<LineageSource, 'kind' | 'namespace' | 'name'>, job: JobName | undefined): boolean =>
  source.kind === 'job' &&
  (source.name === undefined || (source.namespace === job?.namespace && source.name === job?.name))

/** The datasets said to feed the job itself; undefined when nothing is said of it. */
export function jobSources(entries: readonly LineageEntry[], job: JobName, key: KeyOf): readonly string[] | undefined {
  const own = entries.filter(({ target }) => isOwnJob(target, job))
  return own.length === 0 ? undefined : own.flatMap(({ inputs }) => keysOf(inputs ?? [], key))
}

/**
 * The assets that a dataset is said to be made of; null when that is not said. A dataset that comes out of the event's own job is made
 * of what feeds the job; another job is no asset and adds none.
 */
export function statedSources(
  { inputs, fields }: StatedLineage,
  job: JobName | undefined,
  ofJob: readonly string[],
  key: KeyOf,
): readonly string[] | null {
  if (inputs === undefined && fields.length === 0) return null
  const throughJob = inputs?.some((source) => isOwnJob(source, job)) === true ? ofJob : []
  const named = keysOf([...(inputs ?? []), ...fields.flatMap((field) => field.inputs)], key)
  return [...new Set([...named, ...throughJob])]
}

/** The column lineage in what is stated: of fields, and of inputs that name the field which decides. */
export function statedColumns({ inputs, fields }: StatedLineage): FieldLineage {
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
