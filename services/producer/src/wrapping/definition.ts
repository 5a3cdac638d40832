import { Asset, type AssetLike, checkedAsset } from '../assets/asset.ts'
import type { DeclaredJob } from '../runs/run-lifecycle.ts'
import type { MaterializeOptions, Output, Outputs, Upstream } from './job-options.ts'

type Computed<T> = (...args: never[]) => T

/** A materialized function as declared. The functions that `after` returns share it. */
export type Definition = DeclaredJob & {
  readonly outputs: readonly (Asset | Computed<AssetLike | readonly AssetLike[]>)[]
  readonly assets: readonly Asset[]
  readonly deps: readonly Upstream[] | Computed<readonly Upstream[]>
}

const definitions = new WeakMap<object, Definition>()

export function rememberDefinition(fn: object, definition: Definition): void {
  definitions.set(fn, definition)
}

export function definitionOf(fn: object): Definition | undefined {
  return definitions.get(fn)
}

/** The assets among the outputs and `deps` of a declaration. */
export function namedAssets({ assets, deps }: Definition): readonly Asset[] {
  return [...assets, ...(typeof deps === 'function' ? [] : deps.filter((dep) => dep instanceof Asset))]
}

/** @throws RangeError for an invalid key, or for a job without a name */
export function define(
  namespace: string,
  outputs: Outputs<never[]>,
  options: MaterializeOptions<never[]>,
  fn: unknown,
): Definition {
  if (typeof fn !== 'function')
    throw new TypeError('materialize() requires the function that writes the assets as its last argument')
  const declared = (isList(outputs) ? outputs : [outputs]).map((output) =>
    typeof output === 'function' ? output : checkedAsset(output),
  )
  const assets = declared.filter((output) => output instanceof Asset)
  const name = options.name ?? (fn.name || assets[0]?.key)
  if (name === undefined) {
    throw new RangeError(
      'materialize() requires the option "name" for an anonymous function whose keys are all computed',
    )
  }
  const job = { namespace: options.namespace ?? namespace, name, type: options.type ?? 'task' }
  return { job, options, writes: true, outputs: declared, assets, deps: checkedDeps(options.deps ?? []) }
}

function checkedDeps(deps: Definition['deps']): Definition['deps'] {
  if (typeof deps === 'function') return deps
  return deps.map((dep) => (typeof dep === 'function' ? dep : checkedAsset(dep)))
}

function isList(outputs: Outputs<never[]>): outputs is readonly Output<never[]>[] {
  return Array.isArray(outputs)
}
