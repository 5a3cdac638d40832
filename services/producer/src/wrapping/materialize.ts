import type { Asset } from '../assets/asset.ts'
import type { ProducerContext } from '../producer-context.ts'
import { type Definition, define, namedAssets, rememberDefinition } from './definition.ts'
import type { MaterializeOptions, Outputs } from './job-options.ts'
import { materializeCall } from './materialize-call.ts'
import { type AnyFunction, type Expressible, type Inferred, type ParametersOf, type Wrapped, wrap } from './wrap.ts'

/** A wrapped function that writes assets. */
export type Materialized<Fn> = Wrapped<Fn> & {
  /** Its outputs that do not depend on arguments. */
  readonly assets: readonly Asset[]
  /**
   * The same function with upstreams that its arguments do not show: assets, keys, results or promises of wrapped functions, or
   * materialized functions (the assets they wrote in this flow so far).
   * @example
   * await loadReport.after(loadOrders)(42)
   */
  after(...upstreams: readonly (string | object)[]): Materialized<Fn>
}

export interface Materialize {
  /**
   * Wraps a function that writes assets. The wrapped function has the same arguments, `this`, result and error, and always returns a
   * promise. Each call is a run.
   * @param outputs a key, an `asset()`, a function from the arguments to keys or assets, or a list of these
   * @throws RangeError for an invalid key, or for a job without a name
   * @example
   * const loadOrders = materialize('postgres://shop/db/public/orders', async (day: string) => copyOrders(day))
   * const rows = await loadOrders('2026-01-01')
   */
  <Fn extends object>(outputs: Outputs<ParametersOf<Fn>>, fn: Fn & Expressible<Fn>): Materialized<Fn>
  <Fn extends object>(
    outputs: Outputs<ParametersOf<Fn>>,
    options: MaterializeOptions<ParametersOf<Fn>>,
    fn: Fn & Expressible<Fn>,
  ): Materialized<Fn>
  /**
   * A generic function that is not async stays generic; TypeScript then cannot show `after` and `assets`, which an async one has.
   */
  <Args extends unknown[], Result>(outputs: Outputs<Args>, fn: (...args: Args) => Result): Inferred<Args, Result>
  <Args extends unknown[], Result>(
    outputs: Outputs<Args>,
    options: MaterializeOptions<Args>,
    fn: (...args: Args) => Result,
  ): Inferred<Args, Result>
}

export function createMaterialize(producer: ProducerContext): Materialize {
  return <Fn extends AnyFunction>(
    outputs: Outputs<ParametersOf<Fn>>,
    ...rest: [Fn] | [MaterializeOptions<ParametersOf<Fn>>, Fn]
  ) => {
    const [options, fn] = rest.length === 1 ? [{}, rest[0]] : rest
    const definition = define(
      producer.namespace,
      outputs as Outputs<never[]>,
      options as MaterializeOptions<never[]>,
      fn,
    )
    for (const { key } of namedAssets(definition)) producer.scope.learnKey(key)
    return materialized(producer, definition, fn, [])
  }
}

function materialized<Fn extends AnyFunction>(
  producer: ProducerContext,
  definition: Definition,
  fn: Fn,
  after: readonly (string | object)[],
): Materialized<Fn> {
  const call = wrap(fn, (args) => materializeCall(producer, definition, args, after))
  rememberDefinition(call, definition)
  return Object.assign(call, {
    assets: definition.assets,
    after: (...more: readonly (string | object)[]) => materialized(producer, definition, fn, [...after, ...more]),
  })
}
