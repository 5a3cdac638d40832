import { Asset, type AssetLike, type AssetOptions, checkedAsset, keyProblem, toAsset } from './asset.ts'
import { currentFrame } from './frame.ts'
import type { RunContext } from './run-context.ts'

type FirstOf<M extends 'addMetadata' | 'addMetrics' | 'check' | 'schema' | 'columnLineage'> = RunContext[M]

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
  if (keyProblem(read) === undefined) frame.upstreams.add(toAsset(read).key)
  return toAsset(read)
}

// Outside a run these do nothing, so that a function that calls them can be tested and used on its own.

/** See `RunContext.addMetadata`. */
export const addMetadata: FirstOf<'addMetadata'> = (...said: [never]) => currentRun()?.addMetadata(...said)
/** See `RunContext.addMetrics`. */
export const addMetrics: FirstOf<'addMetrics'> = (...said: [never]) => currentRun()?.addMetrics(...said)
/** See `RunContext.check`. */
export const check: FirstOf<'check'> = (...said: [never]) => currentRun()?.check(...said)
/** See `RunContext.schema`. */
export const schema: FirstOf<'schema'> = (...said: [never]) => currentRun()?.schema(...said)
/** See `RunContext.columnLineage`. */
export const columnLineage: FirstOf<'columnLineage'> = (...said: [never]) => currentRun()?.columnLineage(...said)
/** See `RunContext.addOutput`. */
export const addOutput: RunContext['addOutput'] = (written) => currentRun()?.addOutput(written)
/** See `RunContext.derivedFrom`. */
export const derivedFrom: RunContext['derivedFrom'] = (output, ...inputs) =>
  currentRun()?.derivedFrom(output, ...inputs)
