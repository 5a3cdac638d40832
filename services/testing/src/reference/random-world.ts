import { createHash } from 'node:crypto'
import type { RecordedEvent } from '@headwater/lineage'
import type { HeadwaterEvent, RunState } from '@headwater/schemas'
import fc from 'fast-check'
import { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization, noon } from '../events/build-event.ts'

const seconds = 12
const number = (most: number) => fc.nat({ max: most })
const asset = number(4)
const time = fc.record({ second: number(seconds), millisecond: fc.constantFrom(0, 0, 0, 1) })
const own = fc.option(fc.array(asset, { maxLength: 3 }), { freq: 2 })
const outputs = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.uniqueArray(fc.record({ key: asset, own }), { maxLength: 2, selector: ({ key }) => key }),
  },
  { weight: 1, arbitrary: fc.array(fc.record({ key: asset, own }), { minLength: 2, maxLength: 3 }) },
)
const columnName = fc.constantFrom('', 'c0', 'c1', 'c1', 'c2')
const column = fc.record({
  of: columnName,
  key: asset,
  column: columnName,
  transformation: fc.constantFrom(null, 'IDENTITY', 'FILTER'),
  kind: fc.constantFrom(null, 'DIRECT', 'INDIRECT'),
  masking: fc.constantFrom(null, true),
})
const states: readonly RunState[] = ['UNKNOWN', 'STARTED', 'RUNNING', 'FAILED', 'ABORTED', ...many('SUCCEEDED', 7)]
const step = fc.record({
  kind: fc.constantFrom(
    ...many('run', 9),
    ...many('drop', 2),
    ...many('declare', 3),
    'describe' as const,
    'check' as const,
  ),
  asset,
  job: number(2),
  // One more than those that run.
  declaringJob: number(3),
  run: number(6),
  // Several runs of a job repeat its habitual edges; otherwise hardly any edge is asserted twice.
  isHabitual: fc.boolean(),
  state: fc.constantFrom(...states),
  inputs: fc.array(asset, { maxLength: 3 }),
  outputs,
  columns: fc.array(column, { maxLength: 4 }),
  occurred: time,
  recorded: time,
  redeliveredAfter: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: seconds }) },
  ),
})

// Most worlds are large: fast-check's lists are mostly short, and then few events collide.
const steps = fc.oneof(
  { weight: 1, arbitrary: fc.array(step, { minLength: 1, maxLength: 20 }) },
  { weight: 3, arbitrary: fc.array(step, { minLength: 25, maxLength: 60 }) },
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
type Time = Step['occurred']

/** A time within the random worlds, often exactly that of an event. */
export const randomMoment: fc.Arbitrary<number> = fc
  .tuple(number(seconds), fc.constantFrom(-1, 0, 0, 1))
  .map(([second, millisecond]) => noon + second * 1_000 + millisecond)

/**
 * Records, in the order of `recordedAt`, about five assets `s3://<prefix>/a0` to `a4` and three jobs of the namespace
 * `<prefix>` that share run ids. Both times lie within the same seconds from `noon` on, whatever the prefix.
 */
export const randomWorld = (prefix: string): fc.Arbitrary<readonly RecordedEvent[]> =>
  steps.map((steps) =>
    steps
      .flatMap((parts, i) => deliveries(eventOf(prefix, parts, i), parts))
      .sort((a, b) => a.recordedAt - b.recordedAt),
  )

function deliveries(event: HeadwaterEvent, { recorded, redeliveredAfter }: Step): RecordedEvent[] {
  const first = { event, recordedAt: timeOf(recorded) }
  if (redeliveredAfter === null) return [first]
  return [first, { event, recordedAt: first.recordedAt + redeliveredAfter * 1_000 }]
}

function eventOf(prefix: string, parts: Step, index: number): HeadwaterEvent {
  const { job, isHabitual } = parts
  const keyOf = (number: number) => `s3://${prefix}/a${number}`
  const base = { eventId: eventIdOf(prefix, index), occurredAt: timeOf(parts.occurred) }
  const key = keyOf(parts.asset)
  switch (parts.kind) {
    case 'run':
      return buildMaterialization({
        ...base,
        job: { namespace: prefix, name: `job${job}`, type: null },
        runId: `${prefix}-r${parts.run}`,
        state: parts.state,
        inputs: (isHabitual ? [job] : parts.inputs).map(keyOf),
        outputs: (isHabitual ? [job + 1, job + 2].map((key) => ({ key, own: null })) : parts.outputs).map(
          ({ key, own }, place) => ({
            key: keyOf(key),
            inputs: own?.map(keyOf) ?? null,
            columnLineage: (place === 0 ? parts.columns : []).map((each) => columnLineageOf(each, keyOf)),
          }),
        ),
      })
    case 'declare':
      return declaration(prefix, parts, { ...base, occurredAt: base.occurredAt + pause * (index + 1) })
    case 'drop':
      return buildAssetEvent({ ...base, key, change: 'DROPPED' })
    case 'describe':
      return buildAssetEvent({ ...base, key, change: 'TAGGED', tags: ['seen'] })
    case 'check':
      return buildCheckEvent({ ...base, key, runId: `${prefix}-r${parts.run}`, check: { name: 'rows' } })
    default:
      return parts.kind satisfies never
  }
}

/** Milliseconds between declarations of one second: of two at one time, only the hash of their bytes decides which is later. */
const pause = 2

function declaration(
  prefix: string,
  { declaringJob, isHabitual, inputs, outputs, asset }: Step,
  base: { readonly eventId: string; readonly occurredAt: number },
): HeadwaterEvent {
  const keyOf = (number: number) => `s3://${prefix}/a${number}`
  const job = { namespace: prefix, name: `job${declaringJob}`, type: null }
  if (inputs.length === 0 && asset === 0) return buildJobEvent({ ...base, job, removed: ['lineage'] })
  const habit = [declaringJob, declaringJob + 1].map((key) => ({ key, own: null }))
  const lineage = (isHabitual ? habit : outputs).map(({ key, own }) => ({
    output: keyOf(key),
    inputs: (isHabitual ? [asset] : (own ?? inputs)).map(keyOf),
  }))
  return buildJobEvent({ ...base, job, lineage })
}
const columnLineageOf = ({ of, key, ...how }: Step['columns'][number], keyOf: (number: number) => string) => ({
  column: of,
  inputs: [{ ...how, key: keyOf(key), description: null }],
})

const timeOf = ({ second, millisecond }: Time) => noon + second * 1_000 + millisecond

/** Equal worlds have equal ids, and different worlds share none. */
function eventIdOf(prefix: string, index: number): string {
  const hex = createHash('sha256').update(`${prefix} ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function many<const T>(value: T, times: number): readonly T[] {
  return Array.from({ length: times }, () => value)
}
