import type { AssetLike } from '../assets/asset.ts'
import type { ProducerContext } from '../producer-context.ts'
import { currentFrame, type Frame } from '../runs/frame.ts'
import { RunContext } from '../runs/run-context.ts'
import { announceRun, computed, startRun } from '../runs/run-lifecycle.ts'
import { findUpstreams } from '../upstreams/find-upstreams.ts'
import { linkResult } from '../upstreams/link-result.ts'
import { passUpstreams } from '../upstreams/pass-upstreams.ts'
import { readUpstreams } from '../upstreams/read-upstreams.ts'
import { Upstreams } from '../upstreams/upstreams.ts'
import type { Definition } from './definition.ts'
import type { Upstream } from './job-options.ts'
import type { CallHooks } from './wrap.ts'

/** The hooks around one call of a materialized function; undefined where lineage itself fails. */
export function materializeCall(
  producer: ProducerContext,
  definition: Definition,
  args: readonly unknown[],
  after: readonly (string | object)[],
): CallHooks | undefined {
  const what = `track job ${definition.job.name}`
  return producer.problems.guard(what, () => {
    const outer = currentFrame()
    const scope = outer?.scope ?? producer.scope
    const live = startRun(producer, definition, args, outer)
    const context = new RunContext(producer, live.run)
    for (const asset of outputsOf(producer, definition, args)) context.addOutput(asset)
    readUpstreams(context, live.run.upstreams, scope, [...depsOf(producer, definition, args), ...after])
    const own = new Set(live.run.outputs.keys())
    if (findUpstreams(args, scope, own, live.run.upstreams)) producer.cutSearches.count += 1
    const cancelAnnouncement = announceRun(producer, live.run, definition.options.announce)
    const made = new Upstreams(producer.limits.maxUpstreams, own)
    const frame: Frame = { kind: 'materialize', outer, scope, run: live.run, context, upstreams: live.run.upstreams }
    const settle = (end: () => void) => {
      cancelAnnouncement()
      end()
      made.settle()
    }
    return {
      frame,
      room: producer.room,
      started: (promise) => scope.link(promise, made),
      succeeded: (result) =>
        producer.problems.guard(what, () => {
          settle(live.succeed)
          const keys = [...live.run.outputs.keys()]
          for (const key of keys) made.add(key)
          for (const key of keys) scope.learnKey(key)
          scope.addWritten(definition, keys, producer.limits.maxUpstreams)
          linkResult(result, made, scope)
          passUpstreams(outer, result, keys)
        }),
      failed: (error) => producer.problems.guard(what, () => settle(() => live.fail(error))),
    }
  })
}

function outputsOf(
  producer: ProducerContext,
  { outputs, job }: Definition,
  args: readonly unknown[],
): readonly AssetLike[] {
  return outputs.flatMap((output) => computed(producer, `compute an asset key of job ${job.name}`, output, args) ?? [])
}

function depsOf(producer: ProducerContext, { deps, job }: Definition, args: readonly unknown[]): readonly Upstream[] {
  return computed(producer, `compute the deps of job ${job.name}`, deps, args) ?? []
}
