import type { Parts } from '../producer-context.ts'
import { currentFrame, type Frame } from '../runs/frame.ts'
import { findUpstreams, isObject } from '../upstreams/find-upstreams.ts'
import { linkResult } from '../upstreams/link-result.ts'
import { handUp } from '../upstreams/pass-upstreams.ts'
import type { Scope } from '../upstreams/scope.ts'
import { Upstreams } from '../upstreams/upstreams.ts'
import { type AnyFunction, type Around, type Wrapped, wrapped } from './wrapped.ts'

/**
 * Passes lineage through a function that materializes nothing: its result comes from what its arguments came from and
 * what was materialized or referenced inside. Sends nothing.
 */
export type Task = <Fn extends AnyFunction>(fn: Fn) => Wrapped<Fn>

export function createTask(parts: Parts): Task {
  return (fn) => {
    if (typeof fn !== 'function') throw new TypeError('task() needs a function')
    return wrapped(fn, (args) => taskCall(parts, fn.name || 'task', args))
  }
}

function taskCall(parts: Parts, name: string, args: readonly unknown[]): Around | undefined {
  const limit = parts.limits.maxUpstreams
  const what = `follow task ${name}`
  return parts.problems.guard(what, () => {
    const outer = currentFrame()
    const scope = outer?.scope ?? parts.scope
    const given = new Upstreams(limit)
    if (findUpstreams(args, scope, new Set(), given)) parts.cutSearches.count += 1
    const inside = new Upstreams(limit)
    const source = new Upstreams(limit)
    const frame: Frame = { kind: 'task', outer, scope, run: outer?.run, context: outer?.context, upstreams: inside }
    return {
      frame,
      started: (promise) => scope.link(promise, source),
      succeeded: (result) =>
        parts.problems.guard(what, () => {
          const made = madeInside(result, scope, inside)
          for (const part of made === undefined ? [given, inside] : [made]) {
            part.settle()
            source.include(part)
          }
          source.settle()
          if (made === undefined) linkResult(result, source, scope)
          handUp(outer, result, source.keys())
        }),
      failed: () => source.settle(),
    }
  })
}

/** Where the result came from when it is itself what a function called inside returned: nothing to add to that. */
function madeInside(result: unknown, scope: Scope, inside: Upstreams): Upstreams | undefined {
  const known = isObject(result) ? scope.sourceOf(result) : undefined
  const keys = known?.keys() ?? []
  return keys.length > 0 && keys.every((key) => inside.has(key)) ? known : undefined
}
