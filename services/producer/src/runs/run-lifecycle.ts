import { textWithoutSecrets } from '@headwater/lineage'
import type { Job, RunState } from '@headwater/schemas'
import { uuidV7 } from '@headwater/schemas'
import { textOf } from '../problems.ts'
import type { ProducerContext } from '../producer-context.ts'
import type { JobOptions, Signal } from '../wrapping/job-options.ts'
import type { Frame } from './frame.ts'
import { newRun, type Run, type RunIdentity, referenceTo } from './run.ts'
import { runEvent } from './run-event.ts'

/** A job as declared, with the options of its runs. `writes` is false for flows. */
export type DeclaredJob = { readonly job: Job; readonly options: JobOptions<never[]>; readonly writes: boolean }

export type LiveRun = {
  readonly run: Run
  succeed(): void
  fail(error: unknown): void
}

/** Starts a run of `declared` as a child of the run around it. */
export function startRun(
  producer: ProducerContext,
  declared: DeclaredJob,
  args: readonly unknown[],
  outer: Frame | undefined,
): LiveRun {
  const { job, options } = declared
  const around = outer?.run
  const now = producer.now()
  const identity = {
    runId: uuidV7(now),
    job,
    startedAt: now,
    parent: around === undefined ? null : referenceTo(around),
    root: around === undefined ? null : (around.root ?? referenceTo(around)),
    by: options.by ?? null,
    interval: intervalOf(producer, declared, args),
  }
  const run = newRun(identity, producer.limits.maxUpstreams, declared.writes)
  return { run, ...settlement(producer, run, computed(producer, 'read the signal', options.signal, args)) }
}

function intervalOf(
  producer: ProducerContext,
  { job, options }: DeclaredJob,
  args: readonly unknown[],
): RunIdentity['interval'] {
  const given = computed(producer, `compute the interval of job ${job.name}`, options.interval, args)
  if (given === undefined) return null
  const interval = { start: Number(given.start), end: Number(given.end) }
  if (Number.isSafeInteger(interval.start) && Number.isSafeInteger(interval.end)) return interval
  producer.problems.report('INVALID_VALUE', `Job ${job.name}: the interval was left out, start and end must be times`)
  return null
}

/** Reports STARTED at once, never, or by default after `announceAfterMs`. @returns a function that cancels it */
export function announceRun(producer: ProducerContext, run: Run, announce: boolean | undefined): () => void {
  if (announce === true) emitState(producer, run, 'STARTED', null)
  if (announce !== undefined) return () => {}
  const timer = setTimeout(() => emitState(producer, run, 'STARTED', null), producer.limits.announceAfterMs).unref()
  return () => clearTimeout(timer)
}

function settlement(producer: ProducerContext, run: Run, signal: Signal | undefined) {
  const end = (state: RunState, error: string | null) => {
    run.ended = true
    emitState(producer, run, state, error)
  }
  return {
    succeed: () => end('SUCCEEDED', null),
    fail: (error: unknown) =>
      end(isCancellation(error, signal) ? 'ABORTED' : 'FAILED', errorText(error, producer.limits.maxTextLength)),
  }
}

function emitState(producer: ProducerContext, run: Run, state: RunState, error: string | null): void {
  producer.problems.guard(`report a run of job ${run.job.name}`, () => {
    const at = producer.now()
    producer.emitOfRun(runEvent(run, { eventId: uuidV7(at), at, state, error }))
    if (!run.upstreams.cut || state === 'STARTED') return
    const { maxUpstreams } = producer.limits
    producer.problems.report(
      'UPSTREAMS_CUT',
      `Job ${run.job.name} has more than ${maxUpstreams} upstreams (maxUpstreams); the rest were left out`,
    )
  })
}

/** The value of an option that may be a function of the arguments; undefined where that function throws. */
export function computed<T>(
  producer: ProducerContext,
  what: string,
  option: T | ((...args: never[]) => T) | undefined,
  args: readonly unknown[],
): T | undefined {
  if (typeof option !== 'function') return option
  return producer.problems.guard(what, () => (option as (...args: readonly unknown[]) => T)(...args))
}

/** The message without secrets; these are removed before it is cut, since a part of a secret looks like none. */
function errorText(error: unknown, maxLength: number): string {
  const whole = textOf(error)
  const text = textWithoutSecrets(whole.slice(0, maxLength * 2))
  if (text.length <= maxLength && whole.length <= maxLength * 2) return text
  return `${text.slice(0, maxLength)}… (${whole.length - maxLength} more characters)`
}

/** True where a run was cancelled: it threw an AbortError, or its signal was aborted. */
function isCancellation(error: unknown, signal: Signal | undefined): boolean {
  if (signal?.aborted === true) return true
  if (typeof error !== 'object' || error === null) return false
  try {
    const { name, code } = error as { name?: unknown; code?: unknown }
    return name === 'AbortError' || code === 'ABORT_ERR'
  } catch {
    return false
  }
}
