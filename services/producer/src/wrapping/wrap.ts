import { type Frame, inFrame } from '../runs/frame.ts'

/** What lineage does around a call. None of the hooks may throw. */
export type CallHooks = {
  readonly frame: Frame
  /** Called with the promise that the caller gets, before `fn` has a result. */
  started(promise: Promise<unknown>): void
  succeeded(result: unknown): void
  failed(error: unknown): void
}

export type AnyFunction = (...args: never[]) => unknown

/** A function with the same parameters, whose result is always a promise. */
export type Wrapped<Fn extends AnyFunction> = (...args: Parameters<Fn>) => Promise<Awaited<ReturnType<Fn>>>

/**
 * Wraps `fn`: `begin` is called first and returns the hooks of the call; where it returns none (lineage itself failed), only `fn` runs.
 * `this`, arguments, result and error are passed on unchanged.
 */
export function wrap<Fn extends AnyFunction>(
  fn: Fn,
  begin: (args: readonly unknown[]) => CallHooks | undefined,
): Wrapped<Fn> {
  const call = function (this: unknown, ...args: Parameters<Fn>): Promise<Awaited<ReturnType<Fn>>> {
    const hooks = begin(args)
    const work = async (): Promise<Awaited<ReturnType<Fn>>> => (await fn.apply(this, args)) as Awaited<ReturnType<Fn>>
    if (hooks === undefined) return work()
    const promise = inFrame(hooks.frame, () => observed(work, hooks))
    hooks.started(promise)
    return promise
  }
  return Object.defineProperties(call, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  })
}

async function observed<T>(work: () => Promise<T>, hooks: CallHooks): Promise<T> {
  let result: T
  try {
    result = await work()
  } catch (error) {
    hooks.failed(error)
    throw error
  }
  hooks.succeeded(result)
  return result
}
