import type { Asset } from './asset.ts'
import { type Definition, define, namedAssets, rememberDefinition } from './definition.ts'
import type { MaterializeOptions, Outputs } from './job-options.ts'
import { materializeCall } from './materialize-call.ts'
import type { Parts } from './parts.ts'
import { wrapped } from './wrapped.ts'

/** A function that materializes assets: the same arguments and result, as a promise. */
export interface Materialized<Args extends unknown[], R> {
  (...args: Args): Promise<Awaited<R>>
  /** The assets it writes, as far as they do not depend on arguments. */
  readonly assets: readonly Asset[]
  /**
   * The same function with upstreams that its arguments cannot show: assets or keys, results or promises of wrapped
   * functions, or materialized functions (what they wrote in this flow).
   */
  after(...upstreams: readonly (string | object)[]): Materialized<Args, R>
}

export interface Materialize {
  /** @throws RangeError for a key that breaks the key rule, or when the job has no name. */
  <Args extends unknown[], R>(outputs: Outputs<NoInfer<Args>>, fn: (...args: Args) => R): Materialized<Args, R>
  <Args extends unknown[], R>(
    outputs: Outputs<NoInfer<Args>>,
    options: MaterializeOptions<NoInfer<Args>>,
    fn: (...args: Args) => R,
  ): Materialized<Args, R>
}

export function createMaterialize(parts: Parts): Materialize {
  return <Args extends unknown[], R>(
    outputs: Outputs<Args>,
    ...rest: [(...args: Args) => R] | [MaterializeOptions<Args>, (...args: Args) => R]
  ) => {
    const [options, fn] = rest.length === 1 ? [{}, rest[0]] : rest
    const definition = define(parts.namespace, outputs as Outputs<never[]>, options as MaterializeOptions<never[]>, fn)
    for (const { key } of namedAssets(definition)) parts.scope.learnKey(key)
    return materialized(parts, definition, fn, [])
  }
}

function materialized<Args extends unknown[], R>(
  parts: Parts,
  definition: Definition,
  fn: (...args: Args) => R,
  after: readonly (string | object)[],
): Materialized<Args, R> {
  const call = wrapped(fn, (args) => materializeCall(parts, definition, args, after))
  rememberDefinition(call, definition)
  return Object.assign(call, {
    assets: definition.assets,
    after: (...more: readonly (string | object)[]) => materialized(parts, definition, fn, [...after, ...more]),
  })
}
