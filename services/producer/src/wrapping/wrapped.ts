import { type Frame, inFrame } from '../runs/frame.ts'

/** What lineage does around a call. None of it may throw. */
export type Around = {
  readonly frame: Frame
  /** The promise the caller gets, before anything has happened. */
  started(promise: Promise<unknown>): void
  succeeded(result: unknown): void
  failed(error: unknown): void
}

export type AnyFunction = (...args: never[]) => unknown

/** The same parameters and result, always as a promise. */
export type Wrapped<Fn extends AnyFunction> = (...args: Parameters<Fn>) => Promise<Awaited<ReturnType<Fn>>>

/**
 * A function that does what `fn` does, with `begin` called before. `this`, arguments, result and error are passed on
 * untouched; without an answer of `begin` (lineage itself failed) it is only `fn`.
 */
export function wrapped<Fn extends AnyFunction>(
  fn: Fn,
  begin: (args: readonly unknown[]) => Around | undefined,
): Wrapped<Fn> {
  const call = function (this: unknown, ...args: Parameters<Fn>): Promise<Awaited<ReturnType<Fn>>> {
    const around = begin(args)
    const work = async (): Promise<Awaited<ReturnType<Fn>>> => (await fn.apply(this, args)) as Awaited<ReturnType<Fn>>
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
