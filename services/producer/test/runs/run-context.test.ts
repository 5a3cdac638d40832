import { expect, test } from 'vitest'
import {
  addMetadata,
  addMetrics,
  addOutput,
  asset,
  type Check,
  check,
  columnLineage,
  currentRun,
  derivedFrom,
  type RunContext,
  reference,
  schema,
} from '../../src/index.ts'
import { testProducer } from '../helpers/test-producer.ts'

/** The event of a run with these outputs that calls `work`. */
async function runOf(outputs: string[], work: () => unknown, maxTextLength = 16_384) {
  const { materialize, transport, flush, warnings, stats } = testProducer({ maxTextLength })
  await materialize(outputs, { name: 'job' }, work)()
  await flush()
  const [event] = transport.runs('job')
  if (event === undefined) throw new Error('the run sent nothing')
  return { event, outputs: event.outputs, warnings: warnings.map(({ message }) => message), problems: stats().problems }
}

test('metadata, metrics, columns and checks go to the only output', async () => {
  const { outputs, warnings } = await runOf(['s3://a/b'], () => {
    addMetadata({ day: 'monday', options: { full: true }, skipped: undefined })
    addMetadata({ nothing: null, big: 10n })
    addMetrics({ rows: 5, bytes: 10n })
    schema(['id', { name: 'name', type: 'text' }])
    columnLineage([{ column: 'id', inputs: [{ key: 's3://a/a', column: 'id', transformation: 'IDENTITY' }] }])
    check({ name: 'not empty', passed: true })
  })
  expect(warnings).toEqual([])
  expect(outputs[0]).toMatchObject({
    metadata: { day: '"monday"', options: '{"full":true}', nothing: 'null', big: '"10"' },
    metrics: { rows: 5, bytes: 10 },
    schema: [
      { name: 'id', type: null, description: null },
      { name: 'name', type: 'text', description: null },
    ],
    columnLineage: [
      {
        column: 'id',
        inputs: [
          { key: 's3://a/a', column: 'id', transformation: 'IDENTITY', kind: null, masking: null, description: null },
        ],
      },
    ],
    checks: [{ name: 'not empty', status: 'PASS' }],
  })
})

test('with several outputs, the asset must be named', async () => {
  const { event, outputs, warnings } = await runOf(['s3://a/1', 's3://a/2'], () => {
    addMetrics('s3://a/1', { rows: 1 })
    addMetrics(asset('s3://a/2'), { rows: 2 })
    addMetadata({ of: 'the run' })
    addMetrics({ rows: 3 })
    schema('s3://a/3', ['id'])
  })
  expect(outputs.map(({ metrics }) => metrics)).toEqual([{ rows: 1 }, { rows: 2 }])
  expect(event.metadata).toEqual({ of: '"the run"' })
  expect(warnings).toEqual([
    'Job job: addMetrics() was ignored: name an asset, the run has 2 outputs',
    'Job job: schema() was ignored: s3://a/3 is not an output of the run',
  ])
})

test.each<[Check, object]>([
  [
    { name: 'a', passed: true },
    { status: 'PASS', severity: 'ERROR', column: null, expected: null, actual: null },
  ],
  [
    { name: 'a', passed: false, severity: 'WARN' },
    { status: 'FAIL', severity: 'WARN' },
  ],
  [{ name: 'a', status: 'SKIPPED', passed: true }, { status: 'SKIPPED' }],
  [{ name: 'a' }, { status: 'UNKNOWN' }],
  [
    { name: 'a', passed: true, expected: 5, actual: { rows: 6 }, column: 'id', message: 'm' },
    { expected: '5', actual: '{"rows":6}', column: 'id', message: 'm' },
  ],
])('a check %j becomes %j', async (given, expected) => {
  const { outputs } = await runOf(['s3://a/b'], () => check(given))
  expect(outputs[0]?.checks[0]).toMatchObject(expected)
})

test('an output added during the run, and own inputs of one output', async () => {
  const { event, outputs } = await runOf(['s3://a/1'], () => {
    addOutput('s3://a/2')
    addMetrics('s3://a/2', { rows: 2 })
    derivedFrom('s3://a/1', 's3://in/1')
    derivedFrom('s3://a/1', 's3://in/2')
    derivedFrom('s3://a/2')
  })
  expect(outputs.map(({ key, inputs }) => [key, inputs])).toEqual([
    ['s3://a/1', ['s3://in/1', 's3://in/2']],
    ['s3://a/2', []],
  ])
  expect(event.inputs.map(({ key }) => key)).toEqual(['s3://in/1', 's3://in/2'])
})

test('unsendable values are replaced or left out, and counted', async () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  const { outputs, problems } = await runOf(
    ['s3://a/b'],
    () => {
      addMetadata({ cycle, long: 'x'.repeat(100), fn: () => 1 })
      addMetrics({ nan: Number.NaN, infinite: Number.POSITIVE_INFINITY, text: '5' as unknown as number, rows: 1 })
    },
    50,
  )
  expect(JSON.parse(outputs[0]?.metadata['cycle'] ?? '')).toContain('no JSON form')
  expect(JSON.parse(outputs[0]?.metadata['long'] ?? '')).toBe('(it has 102 characters of JSON; at most 50 are kept)')
  expect(outputs[0]?.metadata['fn']).toBe('null')
  expect(outputs[0]?.metrics).toEqual({ rows: 1 })
  expect(problems).toEqual({ INVALID_VALUE: 5 })
})

test('invalid keys in a run are counted and left out', async () => {
  const { event, problems } = await runOf(['s3://a/b'], () => {
    reference('no key')
    addOutput('no key')
    derivedFrom('s3://a/b', 'no key', 's3://a/a')
    asset('no key')
  })
  expect([event.inputs.map(({ key }) => key), event.outputs.length]).toEqual([['s3://a/a'], 1])
  expect(problems).toEqual({ INVALID_KEY: 3 })
})

test('an error of a getter does not reach the job', async () => {
  const hostile = Object.defineProperty({}, 'rows', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  const { event, problems } = await runOf(['s3://a/b'], () => {
    addMetadata(hostile)
    addMetrics(hostile)
    check(null as unknown as Check)
  })
  expect([event.state, problems]).toEqual(['SUCCEEDED', { INTERNAL: 3 }])
})

test('the context object does the same as the free functions, also where the async context is lost', async () => {
  let run: RunContext | undefined
  const { outputs } = await runOf(['s3://a/b'], () => {
    run = currentRun()
    run?.addMetrics({ rows: 1 })
    run?.check('s3://a/b', { name: 'a', passed: true })
  })
  expect(outputs[0]).toMatchObject({ metrics: { rows: 1 }, checks: [{ name: 'a' }] })
  expect(run?.runId).toMatch(/-7/)
  expect(run?.job.name).toBe('job')
})

test('calls after the end of the run are ignored with a warning', async () => {
  const { materialize, transport, flush, warnings } = testProducer()
  let later = Promise.resolve()
  let go = () => {}
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  await materialize('s3://a/b', () => {
    later = gate.then(() => addMetrics({ rows: 1 }))
  })()
  go()
  await later
  await flush()
  expect(transport.runs()[0]?.outputs[0]?.metrics).toEqual({})
  expect(warnings.map(({ code }) => code)).toEqual(['RUN_ENDED'])
})

test('outside of a run they do nothing', () => {
  expect(currentRun()).toBeUndefined()
  addMetadata({ a: 1 })
  addMetrics({ a: 1 })
  check({ name: 'a', passed: true })
  schema(['id'])
  columnLineage([])
  addOutput('s3://a/b')
  derivedFrom('s3://a/b')
})
