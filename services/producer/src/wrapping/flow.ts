import type { Parts } from '../producer-context.ts'
import { currentFrame, type Frame } from '../runs/frame.ts'
import { RunContext } from '../runs/run-context.ts'
import { announceRun, type DeclaredJob, startRun } from '../runs/run-lifecycle.ts'
import { findUpstreams } from '../upstreams/find-upstreams.ts'
import { linkResult } from '../upstreams/link-result.ts'
import { handUp } from '../upstreams/pass-upstreams.ts'
import { Scope } from '../upstreams/scope.ts'
import { Upstreams } from '../upstreams/upstreams.ts'
import type { FlowOptions } from './job-options.ts'
import { type AnyFunction, type Around, type Wrapped, wrapped } from './wrapped.ts'

/**
 * Groups runs: each call is a run of its own, the parent of what runs inside. Values made in flows that run at once
 * never mix.
 */
export type Flow = <Fn extends AnyFunction>(name: string, fn: Fn, options?: FlowOptions<Parameters<Fn>>) => Wrapped<Fn>

export function createFlow(parts: Parts): Flow {
  return (name, fn, options = {}) => {
    if (typeof fn !== 'function') throw new TypeError('flow() needs a name and a function')
    const job = { namespace: options.namespace ?? parts.namespace, name, type: options.type ?? 'flow' }
    const declared: DeclaredJob = { job, options: options as FlowOptions<never[]>, writes: false }
    return wrapped(fn, (args) => flowCall(parts, declared, args))
  }
}

function flowCall(parts: Parts, declared: DeclaredJob, args: readonly unknown[]): Around | undefined {
  const limit = parts.limits.maxUpstreams
  const what = `follow flow ${declared.job.name}`
  return parts.problems.guard(what, () => {
    const outer = currentFrame()
    const scope = new Scope(outer?.scope ?? parts.scope)
    const live = startRun(parts, declared, args, outer)
    const inside = new Upstreams(limit)
    const source = new Upstreams(limit)
    const context = new RunContext(parts, live.run)
    const unannounce = announceRun(parts, live.run, declared.options.announce ?? true)
    const frame: Frame = { kind: 'flow', outer, scope, run: live.run, context, upstreams: inside }
    return {
      frame,
      started: (promise) => scope.link(promise, source),
      succeeded: (result) =>
        parts.problems.guard(what, () => {
          unannounce()
          live.succeed()
          source.include(originOf(result, scope, inside, limit))
          source.settle()
          handUp(outer, result, source.keys())
        }),
      failed: (error) =>
        parts.problems.guard(what, () => {
          unannounce()
          live.fail(error)
          source.settle()
        }),
    }
  })
}

/** A result that holds what was made inside needs no more; any other comes from all that was made inside. */
function originOf(result: unknown, scope: Scope, inside: Upstreams, limit: number): Upstreams {
  const found = new Upstreams(limit)
  findUpstreams([result], scope, new Set(), found)
  if (found.keys().length > 0) return found
  inside.settle()
  linkResult(result, inside, scope)
  return inside
}
