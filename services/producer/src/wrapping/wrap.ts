import { type Frame, inFrame } from '../runs/frame.ts'

/** What lineage does around a call. None of the hooks may throw. */
export type CallHooks = {
  readonly frame: Frame
  /** Called with the promise that the caller gets, before `fn` has a result. */
  started(promise: Promise<unknown>): void
  succeeded(result: unknown): void
  failed(error: unknown): void
  /** What the caller waits for after the end; undefined for nothing. Never rejects. */
  readonly room?: () => Promise<void> | undefined
}

export type AnyFunction = (...args: never[]) => unknown

/** The parameters of a function; where it is generic, with `unknown` for its type parameters. */
export type ParametersOf<Fn> = Fn extends (...args: infer Args) => unknown ? Args : never
type ResultOf<Fn> = Fn extends (...args: never[]) => infer Result ? Result : never
type ThisOf<Fn> = Fn extends (this: infer This, ...args: never[]) => unknown ? This : unknown

/** A function type with one signature, without type parameters. */
type Signature<This, Args extends readonly unknown[], Result> = unknown extends This
  ? (...args: Args) => Result
  : (this: This, ...args: Args) => Result

type Awaiting<Fn> = Signature<ThisOf<Fn>, ParametersOf<Fn>, Promise<Awaited<ResultOf<Fn>>>>
type OneSignature<Fn> = Signature<ThisOf<Fn>, ParametersOf<Fn>, ResultOf<Fn>>

/** TypeScript's identity of types, under which a generic signature differs from its instances. */
type AreSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** True for generic and overloaded functions: one signature without type parameters cannot replace them. */
type IsPolymorphic<Fn> =
  OneSignature<Fn> extends Fn
    ? [keyof Fn] extends [never]
      ? AreSame<OneSignature<Fn>, Fn> extends true
        ? false
        : true
      : false // has properties
    : true

/** True for a plain promise: an object that has more, as a query builder does, is not what a call of the wrapped function returns. */
type ReturnsPromise<Fn> =
  ResultOf<Fn> extends Promise<unknown> ? (keyof ResultOf<Fn> extends keyof Promise<unknown> ? true : false) : false

/**
 * A function with the same parameters and `this`, whose result is always a promise. A function that returns a promise already keeps its type
 * with type parameters and overloads.
 */
export type Wrapped<Fn> = [IsPolymorphic<Fn>, ReturnsPromise<Fn>] extends [true, true] ? Fn : Awaiting<Fn>

/** `never` for a generic function that is not async: its type parameters are kept by inference only, see `Inferred`. */
export type Expressible<Fn> = Fn extends AnyFunction
  ? [IsPolymorphic<Fn>, ReturnsPromise<Fn>] extends [true, false]
    ? never
    : unknown
  : never

/** What wrapping makes of a function with inferred parameters: TypeScript passes the type parameters of the argument on to this type. */
export type Inferred<Args extends readonly unknown[], Result> = (...args: Args) => Promise<Awaited<Result>>

/**
 * Wraps `fn`: `begin` is called first and returns the hooks of the call; where it returns none (lineage itself failed), only `fn` runs.
 * `this`, arguments, result and error are passed on unchanged.
 */
export function wrap<Fn extends AnyFunction>(
  fn: Fn,
  begin: (args: readonly unknown[]) => CallHooks | undefined,
): Wrapped<Fn> {
  const call = function (this: unknown, ...args: never[]): Promise<unknown> {
    const hooks = begin(args)
    const work = async (): Promise<unknown> => await fn.apply(this, args)
    if (hooks === undefined) return work()
    const promise = inFrame(hooks.frame, () => observed(work, hooks))
    hooks.started(promise)
    return promise
  }
  return Object.defineProperties(call, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  }) as unknown as Wrapped<Fn>
}

async function observed<T>(work: () => Promise<T>, hooks: CallHooks): Promise<T> {
  let result: T
  try {
    result = await work()
  } catch (error) {
    hooks.failed(error)
    const room = hooks.room?.()
    if (room !== undefined) await room
    throw error
  }
  hooks.succeeded(result)
  const room = hooks.room?.()
  if (room !== undefined) await room
  return result
}
