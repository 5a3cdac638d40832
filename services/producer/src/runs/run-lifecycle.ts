import type { Job, RunState } from '@headwater/schemas'
import { textOf } from '../problems.ts'
import type { Parts } from '../producer-context.ts'
import { uuidV7 } from '../uuid-v7.ts'
import type { JobOptions } from '../wrapping/job-options.ts'
import { isCancellation } from './cancellation.ts'
import type { Frame } from './frame.ts'
import { newRun, type Run, type RunIdentity, referenceTo } from './run.ts'
import { runEvent } from './run-event.ts'

/** A job as declared: who it is and how its runs behave. */
export type DeclaredJob = { readonly job: Job; readonly options: JobOptions<never[]>; readonly writes: boolean }

export type LiveRun = {
  readonly run: Run
  succeed(): void
  fail(error: unknown): void
}

/** A new run of `declared`, child of the run around it. */
export function startRun(
  parts: Parts,
  declared: DeclaredJob,
  args: readonly unknown[],
  outer: Frame | undefined,
): LiveRun {
  const { job, options } = declared
  const around = outer?.run
  const now = parts.now()
  const identity = {
    runId: uuidV7(now),
    job,
    startedAt: now,
    parent: around === undefined ? null : referenceTo(around),
    root: around === undefined ? null : (around.root ?? referenceTo(around)),
    by: options.by ?? null,
    interval: intervalOf(parts, declared, args),
  }
  const run = newRun(identity, parts.limits.maxUpstreams, declared.writes)
  return { run, ...settlement(parts, run, computed(parts, 'read the signal', options.signal, args)) }
}

function intervalOf(parts: Parts, { job, options }: DeclaredJob, args: readonly unknown[]): RunIdentity['interval'] {
  const given = computed(parts, `compute the interval of job ${job.name}`, options.interval, args)
  if (given === undefined) return null
  const interval = { start: Number(given.start), end: Number(given.end) }
  if (Number.isSafeInteger(interval.start) && Number.isSafeInteger(interval.end)) return interval
  parts.problems.report('INVALID_VALUE', `Job ${job.name}: its interval is no pair of times`)
  return null
}

/** Sends STARTED now or when the run has lasted a while. @returns what calls that off. */
export function announceRun(parts: Parts, run: Run, announce: boolean | undefined): () => void {
  if (announce === true) emitState(parts, run, 'STARTED', null)
  if (announce !== undefined) return () => {}
  const timer = setTimeout(() => emitState(parts, run, 'STARTED', null), parts.limits.announceAfterMs).unref()
  return () => clearTimeout(timer)
}

function settlement(parts: Parts, run: Run, signal: AbortSignal | undefined) {
  const end = (state: RunState, error: string | null) => {
    run.ended = true
    emitState(parts, run, state, error)
  }
  return {
    succeed: () => end('SUCCEEDED', null),
    fail: (error: unknown) =>
      end(isCancellation(error, signal) ? 'ABORTED' : 'FAILED', shortened(textOf(error), parts.limits.maxTextLength)),
  }
}

function emitState(parts: Parts, run: Run, state: RunState, error: string | null): void {
  parts.problems.guard(`report a run of job ${run.job.name}`, () => {
    const at = parts.now()
    parts.emit(runEvent(run, { eventId: uuidV7(at), at, state, error }))
    if (!run.upstreams.cut || state === 'STARTED') return
    const kept = parts.limits.maxUpstreams
    parts.problems.report(
      'UPSTREAMS_CUT',
      `Job ${run.job.name} has more than ${kept} upstreams; the others were left out`,
    )
  })
}

/** An option that may be a function of the arguments. */
export function computed<T>(
  parts: Parts,
  what: string,
  option: T | ((...args: never[]) => T) | undefined,
  args: readonly unknown[],
): T | undefined {
  if (typeof option !== 'function') return option
  return parts.problems.guard(what, () => (option as (...args: readonly unknown[]) => T)(...args))
}

function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  return `${text.slice(0, maxLength)}… (${text.length - maxLength} more characters)`
}
