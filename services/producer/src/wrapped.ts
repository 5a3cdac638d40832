import { type Frame, inFrame } from './frame.ts'

/** What lineage does around a call. None of it may throw. */
export type Around = {
  readonly frame: Frame
  /** The promise the caller gets, before anything has happened. */
  started(promise: Promise<unknown>): void
  succeeded(result: unknown): void
  failed(error: unknown): void
}

type Callable<Args extends unknown[], R> = (...args: Args) => Promise<Awaited<R>>

/**
 * A function that does what `fn` does, with `around` called on the way. `this`, arguments, result and error are passed
 * on untouched; without an `around` (lineage itself failed) it is only `fn`.
 */
export function wrapped<Args extends unknown[], R>(
  fn: (...args: Args) => R,
  begin: (args: Args) => Around | undefined,
): Callable<Args, R> {
  const call = function (this: unknown, ...args: Args): Promise<Awaited<R>> {
    const around = begin(args)
    const work = async (): Promise<Awaited<R>> => await fn.apply(this, args)
    if (around === undefined) return work()
    const promise = inFrame(around.frame, () => observed(work, around))
    around.started(promise)
    return promise
  }
  return Object.defineProperties(call, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  })
}

async function observed<T>(work: () => Promise<T>, around: Around): Promise<T> {
  let result: T
  try {
    result = await work()
  } catch (error) {
    around.failed(error)
    throw error
  }
  around.succeeded(result)
  return result
}
