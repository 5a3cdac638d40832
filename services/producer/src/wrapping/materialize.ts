import type { Asset } from '../assets/asset.ts'
import type { Parts } from '../producer-context.ts'
import { type Definition, define, namedAssets, rememberDefinition } from './definition.ts'
import type { MaterializeOptions, Outputs } from './job-options.ts'
import { materializeCall } from './materialize-call.ts'
import { type AnyFunction, type Wrapped, wrapped } from './wrapped.ts'

/** A function that materializes assets. */
export interface Materialized<Fn extends AnyFunction> extends Wrapped<Fn> {
  /** The assets it writes, as far as they do not depend on arguments. */
  readonly assets: readonly Asset[]
  /**
   * The same function with upstreams that its arguments cannot show: assets or keys, results or promises of wrapped
   * functions, or materialized functions (what they wrote in this flow so far).
   */
  after(...upstreams: readonly (string | object)[]): Materialized<Fn>
}

export interface Materialize {
  /** @throws RangeError for a key that breaks the key rule, or when the job has no name. */
  <Fn extends AnyFunction>(outputs: Outputs<Parameters<Fn>>, fn: Fn): Materialized<Fn>
  <Fn extends AnyFunction>(
    outputs: Outputs<Parameters<Fn>>,
    options: MaterializeOptions<Parameters<Fn>>,
    fn: Fn,
  ): Materialized<Fn>
}

export function createMaterialize(parts: Parts): Materialize {
  return <Fn extends AnyFunction>(
    outputs: Outputs<Parameters<Fn>>,
    ...rest: [Fn] | [MaterializeOptions<Parameters<Fn>>, Fn]
  ) => {
    const [options, fn] = rest.length === 1 ? [{}, rest[0]] : rest
    const definition = define(parts.namespace, outputs as Outputs<never[]>, options as MaterializeOptions<never[]>, fn)
    for (const { key } of namedAssets(definition)) parts.scope.learnKey(key)
    return materialized(parts, definition, fn, [])
  }
}

function materialized<Fn extends AnyFunction>(
  parts: Parts,
  definition: Definition,
  fn: Fn,
  after: readonly (string | object)[],
): Materialized<Fn> {
  const call = wrapped(fn, (args) => materializeCall(parts, definition, args, after))
  rememberDefinition(call, definition)
  return Object.assign(call, {
    assets: definition.assets,
    after: (...more: readonly (string | object)[]) => materialized(parts, definition, fn, [...after, ...more]),
  })
}
