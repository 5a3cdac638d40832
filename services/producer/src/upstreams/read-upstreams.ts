import { Asset } from '../assets/asset.ts'
import type { RunContext } from '../runs/run-context.ts'
import { definitionOf } from '../wrapping/definition.ts'
import { findUpstreams } from './find-upstreams.ts'
import type { Scope } from './scope.ts'
import type { Upstreams } from './upstreams.ts'

/** Adds named upstreams to a run: assets, keys, materialized functions (the assets they wrote), results and promises. */
export function readUpstreams(
  context: RunContext,
  upstreams: Upstreams,
  scope: Scope,
  named: readonly (string | object)[],
): void {
  for (const upstream of named) {
    const definition = typeof upstream === 'function' ? definitionOf(upstream) : undefined
    if (typeof upstream === 'string' || upstream instanceof Asset) context.reference(upstream)
    else if (definition === undefined) findUpstreams([upstream], scope, new Set(), upstreams)
    else {
      const written = scope.assetsWrittenBy(definition)
      if (written !== undefined) upstreams.include(written)
      else for (const asset of definition.assets) context.reference(asset)
    }
  }
}
