import type { AssetLike } from '../assets/asset.ts'
import type { Parts } from '../producer-context.ts'
import { currentFrame, type Frame } from '../runs/frame.ts'
import { RunContext } from '../runs/run-context.ts'
import { announceRun, computed, startRun } from '../runs/run-lifecycle.ts'
import { findUpstreams } from '../upstreams/find-upstreams.ts'
import { linkResult } from '../upstreams/link-result.ts'
import { handUp } from '../upstreams/pass-upstreams.ts'
import { readUpstreams } from '../upstreams/read-upstreams.ts'
import { Upstreams } from '../upstreams/upstreams.ts'
import type { Definition } from './definition.ts'
import type { Upstream } from './job-options.ts'
import type { Around } from './wrapped.ts'

/** What lineage does around one call of a materialized function; undefined when it fails itself. */
export function materializeCall(
  parts: Parts,
  definition: Definition,
  args: readonly unknown[],
  after: readonly (string | object)[],
): Around | undefined {
  const what = `follow job ${definition.job.name}`
  return parts.problems.guard(what, () => {
    const outer = currentFrame()
    const scope = outer?.scope ?? parts.scope
    const live = startRun(parts, definition, args, outer)
    const context = new RunContext(parts, live.run)
    for (const asset of outputsOf(parts, definition, args)) context.addOutput(asset)
    readUpstreams(context, live.run.upstreams, scope, [...depsOf(parts, definition, args), ...after])
    const own = new Set(live.run.outputs.keys())
    if (findUpstreams(args, scope, own, live.run.upstreams)) parts.cutSearches.count += 1
    const unannounce = announceRun(parts, live.run, definition.options.announce)
    const made = new Upstreams(parts.limits.maxUpstreams, own)
    const frame: Frame = { kind: 'materialize', outer, scope, run: live.run, context, upstreams: live.run.upstreams }
    const settle = (end: () => void) => {
      unannounce()
      end()
      made.settle()
    }
    return {
      frame,
      started: (promise) => scope.link(promise, made),
      succeeded: (result) =>
        parts.problems.guard(what, () => {
          settle(live.succeed)
          const keys = [...live.run.outputs.keys()]
          for (const key of keys) made.add(key)
          for (const key of keys) scope.learnKey(key)
          scope.addWritten(definition, keys, parts.limits.maxUpstreams)
          linkResult(result, made, scope)
          handUp(outer, result, keys)
        }),
      failed: (error) => parts.problems.guard(what, () => settle(() => live.fail(error))),
    }
  })
}

function outputsOf(parts: Parts, { outputs, job }: Definition, args: readonly unknown[]): readonly AssetLike[] {
  return outputs.flatMap((output) => computed(parts, `compute an asset key of job ${job.name}`, output, args) ?? [])
}

function depsOf(parts: Parts, { deps, job }: Definition, args: readonly unknown[]): readonly Upstream[] {
  return computed(parts, `compute the deps of job ${job.name}`, deps, args) ?? []
}
