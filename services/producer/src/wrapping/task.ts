import type { ProducerContext } from '../producer-context.ts'
import { currentFrame, type Frame } from '../runs/frame.ts'
import { findUpstreams, isObject } from '../upstreams/find-upstreams.ts'
import { linkResult } from '../upstreams/link-result.ts'
import { passUpstreams } from '../upstreams/pass-upstreams.ts'
import type { Scope } from '../upstreams/scope.ts'
import { Upstreams } from '../upstreams/upstreams.ts'
import { type AnyFunction, type CallHooks, type Expressible, type Inferred, type Wrapped, wrap } from './wrap.ts'

/**
 * Passes lineage through a function that writes no asset: its result comes from what its arguments came from and from what was materialized
 * or referenced inside. Sends no event.
 * @example
 * const clean = task((rows: Row[]) => rows.filter((row) => row.amount > 0))
 * await loadReport(await clean(await loadOrders()))
 */
export interface Task {
  <Fn extends object>(fn: Fn & Expressible<Fn>): Wrapped<Fn>
  <Args extends unknown[], Result>(fn: (...args: Args) => Result): Inferred<Args, Result>
}

export function createTask(producer: ProducerContext): Task {
  return <Fn extends AnyFunction>(fn: Fn) => {
    if (typeof fn !== 'function') throw new TypeError('task() requires a function')
    return wrap(fn, (args) => taskCall(producer, fn.name || 'task', args))
  }
}

function taskCall(producer: ProducerContext, name: string, args: readonly unknown[]): CallHooks | undefined {
  const limit = producer.limits.maxUpstreams
  const what = `track task ${name}`
  return producer.problems.guard(what, () => {
    const outer = currentFrame()
    const scope = outer?.scope ?? producer.scope
    const given = new Upstreams(limit)
    if (findUpstreams(args, scope, new Set(), given)) producer.cutSearches.count += 1
    const inside = new Upstreams(limit)
    const source = new Upstreams(limit)
    const frame: Frame = { kind: 'task', outer, scope, run: outer?.run, context: outer?.context, upstreams: inside }
    return {
      frame,
      started: (promise) => scope.link(promise, source),
      succeeded: (result) =>
        producer.problems.guard(what, () => {
          const made = madeInside(result, scope, inside)
          for (const part of made === undefined ? [given, inside] : [made]) {
            part.settle()
            source.include(part)
          }
          source.settle()
          if (made === undefined) linkResult(result, source, scope)
          passUpstreams(outer, result, source.keys())
        }),
      failed: () => source.settle(),
    }
  })
}

/** The upstreams of a result that a function called inside returned: they are complete. */
function madeInside(result: unknown, scope: Scope, inside: Upstreams): Upstreams | undefined {
  const known = isObject(result) ? scope.sourceOf(result) : undefined
  const keys = known?.keys() ?? []
  return keys.length > 0 && keys.every((key) => inside.has(key)) ? known : undefined
}
