import { Asset, type AssetLike, type AssetOptions, checkedAsset, keyProblem, toAsset } from '../assets/asset.ts'
import { currentFrame } from './frame.ts'
import type { RunContext } from './run-context.ts'

/**
 * The run that the calling code belongs to; undefined outside of runs.
 * @example
 * logger.info({ runId: currentRun()?.runId }, 'loading orders')
 */
export function currentRun(): RunContext | undefined {
  return currentFrame()?.context
}

/**
 * Declares an asset: its key, and properties for people.
 * @throws RangeError outside of runs, for an invalid key; inside a run, use of the asset gives a warning instead
 * @example
 * const orders = asset('postgres://shop/db/public/orders', { description: 'One row per order', owners: ['team:sales'] })
 */
export function asset(key: string, options?: AssetOptions): Asset {
  const declared = new Asset(key, options)
  return currentFrame() === undefined ? checkedAsset(declared) : declared
}

/**
 * Reports that the current run reads an asset that no wrapped function of this process made.
 * @returns the asset, to pass on to wrapped functions
 * @throws RangeError outside of runs, for an invalid key; inside a run it gives a warning instead
 * @example
 * const raw = reference('s3://raw/orders')
 */
export function reference(read: AssetLike): Asset {
  const frame = currentFrame()
  if (frame === undefined) return checkedAsset(read)
  frame.context?.reference(read)
  const declared = toAsset(read)
  if (keyProblem(declared) === undefined) {
    frame.upstreams.add(declared.key)
    frame.scope.learnKey(declared.key)
  }
  return declared
}

// Outside of a run these do nothing, so that a function that calls them also works alone. `args` stands for the parameters of every overload.

/** See `RunContext.addMetadata`. */
export const addMetadata: RunContext['addMetadata'] = (...args: [never]) => currentRun()?.addMetadata(...args)
/** See `RunContext.addMetrics`. */
export const addMetrics: RunContext['addMetrics'] = (...args: [never]) => currentRun()?.addMetrics(...args)
/** See `RunContext.check`. */
export const check: RunContext['check'] = (...args: [never]) => currentRun()?.check(...args)
/** See `RunContext.schema`. */
export const schema: RunContext['schema'] = (...args: [never]) => currentRun()?.schema(...args)
/** See `RunContext.columnLineage`. */
export const columnLineage: RunContext['columnLineage'] = (...args: [never]) => currentRun()?.columnLineage(...args)
/** See `RunContext.addOutput`. */
export const addOutput: RunContext['addOutput'] = (written) => currentRun()?.addOutput(written)
/** See `RunContext.derivedFrom`. */
export const derivedFrom: RunContext['derivedFrom'] = (output, ...inputs) =>
  currentRun()?.derivedFrom(output, ...inputs)
