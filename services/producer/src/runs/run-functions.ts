import { Asset, type AssetLike, type AssetOptions, checkedAsset, keyProblem, toAsset } from '../assets/asset.ts'
import { currentFrame } from './frame.ts'
import type { RunContext } from './run-context.ts'

/** The run that the calling code belongs to; undefined outside runs. */
export function currentRun(): RunContext | undefined {
  return currentFrame()?.context
}

/**
 * Declares an asset: its key and what people should know of it.
 * @throws RangeError when the key breaks the key rule, outside runs; inside one, use of the asset is a counted warning.
 */
export function asset(key: string, options?: AssetOptions): Asset {
  const declared = new Asset(key, options)
  return currentFrame() === undefined ? checkedAsset(declared) : declared
}

/**
 * Inside a run: it reads this asset, which no wrapped function of this process made. Returns it, to be passed on.
 * @throws RangeError when the key breaks the key rule, outside runs; inside one that is a counted warning.
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

// Outside a run these do nothing, so that a function that calls them can be tested and used on its own. `said` stands
// for the parameters of every overload.

/** See `RunContext.addMetadata`. */
export const addMetadata: RunContext['addMetadata'] = (...said: [never]) => currentRun()?.addMetadata(...said)
/** See `RunContext.addMetrics`. */
export const addMetrics: RunContext['addMetrics'] = (...said: [never]) => currentRun()?.addMetrics(...said)
/** See `RunContext.check`. */
export const check: RunContext['check'] = (...said: [never]) => currentRun()?.check(...said)
/** See `RunContext.schema`. */
export const schema: RunContext['schema'] = (...said: [never]) => currentRun()?.schema(...said)
/** See `RunContext.columnLineage`. */
export const columnLineage: RunContext['columnLineage'] = (...said: [never]) => currentRun()?.columnLineage(...said)
/** See `RunContext.addOutput`. */
export const addOutput: RunContext['addOutput'] = (written) => currentRun()?.addOutput(written)
/** See `RunContext.derivedFrom`. */
export const derivedFrom: RunContext['derivedFrom'] = (output, ...inputs) =>
  currentRun()?.derivedFrom(output, ...inputs)
