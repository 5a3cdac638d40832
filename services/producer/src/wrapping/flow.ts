import type { ProducerContext } from '../producer-context.ts'
import { currentFrame, type Frame } from '../runs/frame.ts'
import { RunContext } from '../runs/run-context.ts'
import { announceRun, type DeclaredJob, startRun } from '../runs/run-lifecycle.ts'
import { findUpstreams } from '../upstreams/find-upstreams.ts'
import { linkResult } from '../upstreams/link-result.ts'
import { passUpstreams } from '../upstreams/pass-upstreams.ts'
import { Scope } from '../upstreams/scope.ts'
import { Upstreams } from '../upstreams/upstreams.ts'
import type { FlowOptions } from './job-options.ts'
import {
  type AnyFunction,
  type CallHooks,
  type Expressible,
  type Inferred,
  type ParametersOf,
  type Wrapped,
  wrap,
} from './wrap.ts'

/**
 * Groups runs: each call of the function is a run, and the parent of the runs inside. Values of concurrent flows never mix.
 * @example
 * const nightly = flow('nightly', async (day: string) => report(await loadOrders(day)))
 * await nightly('2026-01-01')
 */
export interface Flow {
  <Fn extends object>(name: string, fn: Fn & Expressible<Fn>, options?: FlowOptions<ParametersOf<Fn>>): Wrapped<Fn>
  <Args extends unknown[], Result>(
    name: string,
    fn: (...args: Args) => Result,
    options?: FlowOptions<Args>,
  ): Inferred<Args, Result>
}

export function createFlow(producer: ProducerContext): Flow {
  return <Fn extends AnyFunction>(name: string, fn: Fn, options: FlowOptions<ParametersOf<Fn>> = {}) => {
    if (typeof fn !== 'function') throw new TypeError('flow() requires a name and a function')
    const job = { namespace: options.namespace ?? producer.namespace, name, type: options.type ?? 'flow' }
    const declared: DeclaredJob = { job, options: options as FlowOptions<never[]>, writes: false }
    return wrap(fn, (args) => flowCall(producer, declared, args))
  }
}

function flowCall(producer: ProducerContext, declared: DeclaredJob, args: readonly unknown[]): CallHooks | undefined {
  const limit = producer.limits.maxUpstreams
  const what = `track flow ${declared.job.name}`
  return producer.problems.guard(what, () => {
    const outer = currentFrame()
    const scope = new Scope(outer?.scope ?? producer.scope)
    const live = startRun(producer, declared, args, outer)
    const inside = new Upstreams(limit)
    const source = new Upstreams(limit)
    const context = new RunContext(producer, live.run)
    const cancelAnnouncement = announceRun(producer, live.run, declared.options.announce ?? true)
    const frame: Frame = { kind: 'flow', outer, scope, run: live.run, context, upstreams: inside }
    return {
      frame,
      room: producer.room,
      started: (promise) => scope.link(promise, source),
      succeeded: (result) =>
        producer.problems.guard(what, () => {
          cancelAnnouncement()
          live.succeed()
          source.include(originOf(result, scope, inside, limit))
          source.settle()
          passUpstreams(outer, result, source.keys())
        }),
      failed: (error) =>
        producer.problems.guard(what, () => {
          cancelAnnouncement()
          live.fail(error)
          source.settle()
        }),
    }
  })
}

/** The upstreams of a result: those found in it, else everything made inside the flow. */
function originOf(result: unknown, scope: Scope, inside: Upstreams, limit: number): Upstreams {
  const found = new Upstreams(limit)
  findUpstreams([result], scope, new Set(), found)
  if (found.keys().length > 0) return found
  inside.settle()
  linkResult(result, inside, scope)
  return inside
}
