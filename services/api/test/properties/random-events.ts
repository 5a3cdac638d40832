import type { CheckStatus, HeadwaterEvent, RunState } from '@headwater/schemas'
import { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization, noon } from '@headwater/testing'
import fc from 'fast-check'

const states: readonly RunState[] = ['STARTED', 'RUNNING', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'ABORTED']
const statuses: readonly CheckStatus[] = ['PASS', 'WARN', 'FAIL', 'ERROR', 'SKIPPED']
const number = (most: number) => fc.nat({ max: most })
const shape = fc.record({
  kind: fc.constantFrom(
    ...(['run', 'run', 'run', 'run', 'check', 'drop', 'describe', 'own', 'tag', 'alias', 'unalias'] as const),
    ...(['state', 'state', 'job', 'job', 'job'] as const),
  ),
  asset: number(6),
  other: number(6),
  job: number(2),
  run: number(9),
  state: fc.constantFrom(...states),
  inputs: fc.uniqueArray(number(6), { maxLength: 4 }),
  outputs: fc.uniqueArray(number(6), { minLength: 0, maxLength: 3 }),
  own: fc.option(fc.uniqueArray(number(6), { maxLength: 2 })),
  parent: fc.option(number(9)),
  severity: fc.constantFrom('ERROR' as const, 'WARN' as const),
  status: fc.constantFrom(...statuses),
  text: fc.option(fc.constantFrom('größe', '"quoted"', "it's", 'a\\b\n')),
  value: fc.integer({ min: -5, max: 5 }),
  column: fc.constantFrom('', 'c0', 'c1'),
})

/** Random events about a few assets and jobs, in random order and with duplicates; different events have different times. `at` makes names unique. */
export const randomEvents = (at: string): fc.Arbitrary<readonly HeadwaterEvent[]> =>
  fc
    .array(shape, { minLength: 1, maxLength: 40 })
    .chain((shapes) =>
      fc.tuple(
        fc.constant(shapes),
        fc.shuffledSubarray(
          shapes.map((_, i) => i),
          { minLength: shapes.length },
        ),
        fc.subarray(shapes.map((_, i) => i)),
      ),
    )
    .map(([shapes, times, again]) => {
      const events = shapes.map((parts, i) => eventOf(at, parts, noon + (times[i] ?? 0) * 1_000))
      return [...events, ...again.map((i) => events[i]!)]
    })

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

function eventOf(at: string, parts: Shape, occurredAt: number): HeadwaterEvent {
  const asset = (number: number) => `s3://${at}/${number % 3}/a${number}`
  const key = asset(parts.asset)
  const check = { name: `check${parts.other % 2}`, column: parts.job === 0 ? null : 'id', message: parts.text }
  const result = {
    ...check,
    severity: parts.severity,
    status: parts.status,
    expected: null,
    actual: String(parts.value),
  }
  const properties = { name: parts.text, description: null, url: null, owners: parts.own?.map(String) ?? null }
  const columns = parts.value > 3 ? [{ name: 'no', type: null, description: parts.text }] : null
  const removable = ['description', 'owners', 'tags', 'lineage', 'metadata:a', 'schema']
  const said = {
    description: parts.text,
    owners: parts.own?.map(String) ?? null,
    tags: parts.inputs.length > 2 ? parts.inputs.map(String) : null,
    metadata: parts.parent === null ? { a: JSON.stringify(parts.text), b: '{"c":[1,null]}' } : {},
    removed: parts.text === null && parts.own === null ? removable.slice(0, parts.other) : [],
  }
  const columnInput = {
    ...{ key: asset(parts.other), column: 'c0', transformation: parts.text, kind: 'DIRECT' },
    ...{ masking: parts.value === 1, description: parts.text },
  }
  switch (parts.kind) {
    case 'run':
      return buildMaterialization({
        occurredAt,
        job: { namespace: at, name: `job${parts.job}`, type: parts.text },
        runId: `${at}-${parts.run}`,
        state: parts.state,
        by: parts.text,
        error: parts.state === 'FAILED' ? parts.text : null,
        nominalEnd: parts.value > 0 ? noon : null,
        parent: parts.parent === null ? null : { jobNamespace: at, jobName: 'job0', runId: `${at}-${parts.parent}` },
        metadata: { value: JSON.stringify({ text: parts.text, value: parts.value }) },
        inputs: parts.inputs.map((number) => ({ key: asset(number), properties: number === 0 ? properties : null })),
        outputs: parts.outputs.map((number, i) => ({
          key: asset(number),
          inputs: i === 0 ? (parts.own?.map(asset) ?? null) : null,
          metadata: { note: JSON.stringify(parts.text) },
          metrics: parts.value < 0 ? {} : { rows: parts.value, [`m${parts.other}`]: 0.5 },
          schema: parts.value > 3 ? [{ name: 'id', type: parts.text, description: null }] : null,
          checks: parts.value === 0 ? [result] : [],
          columnLineage: parts.value < -3 ? [] : [{ column: parts.column, inputs: [columnInput] }],
        })),
      })
    case 'check':
      return buildCheckEvent({ key, occurredAt, runId: parts.value > 2 ? `${at}-${parts.run}` : null, check: result })
    case 'drop':
      return buildAssetEvent({ key, occurredAt, change: 'DROPPED' })
    case 'describe':
      return buildAssetEvent({ key, occurredAt, change: 'DESCRIBED', properties })
    case 'own':
      return buildAssetEvent({ key, occurredAt, change: 'OWNED', owners: parts.own?.map(String) ?? [] })
    case 'tag':
      return buildAssetEvent({ key, occurredAt, change: 'TAGGED', tags: parts.own?.map(String) ?? [] })
    case 'state':
      return buildAssetEvent({
        key,
        occurredAt,
        change: 'STATED',
        ...said,
        schema: columns,
        metrics: { m1: parts.value },
      })
    case 'job': {
      const lineage = parts.outputs.map((number) => ({ output: asset(number), inputs: parts.inputs.map(asset) }))
      return buildJobEvent({
        ...{ occurredAt, ...said, lineage: said.removed.includes('lineage') ? null : lineage },
        job: { namespace: at, name: `job${parts.run % 4}`, type: parts.text },
      })
    }
    case 'alias':
      return buildAssetEvent({ key, occurredAt, change: 'ALIASED', alias: asset(parts.other) })
    case 'unalias':
      return buildAssetEvent({ key, occurredAt, change: 'UNALIASED', alias: asset(parts.other) })
    default:
      return parts.kind satisfies never
  }
}
