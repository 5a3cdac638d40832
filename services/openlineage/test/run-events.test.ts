import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent, runId } from './helpers/run-event.ts'

const ofRun = (parts: object) => mapped(runEvent(parts)).runs[0]
const withFacets = (facets: object) => ofRun({ run: { runId, facets } })

describe('an event about a run', () => {
  it.each([
    ['START', 'STARTED'],
    ['RUNNING', 'RUNNING'],
    ['COMPLETE', 'SUCCEEDED'],
    ['FAIL', 'FAILED'],
    ['ABORT', 'ABORTED'],
    ['OTHER', 'UNKNOWN'],
    ['complete', 'SUCCEEDED'],
    [null, 'UNKNOWN'],
  ])('of type %s have state %s', (eventType, state) => {
    expect(ofRun({ eventType })).toMatchObject({ runId, state, occurredAt: Date.UTC(2024, 4, 1, 12), metadata: {} })
  })

  it('of a type outside of the specification has no state, and the type is kept', () => {
    expect(ofRun({ eventType: 'PAUSED' })).toMatchObject({ state: 'UNKNOWN', metadata: { eventType: '"PAUSED"' } })
  })

  it('has inputs and outputs by their keys, each once', () => {
    const run = ofRun({ inputs: [dataset('a'), dataset('b'), dataset('a')], outputs: [dataset('c')] })
    expect(run?.inputs).toEqual([
      { key: keyOfTable('a'), properties: null },
      { key: keyOfTable('b'), properties: null },
    ])
    expect(run?.outputs).toMatchObject([{ key: keyOfTable('c'), inputs: null, columnLineage: [], metadata: {} }])
  })

  it('has parent and root', () => {
    const parent = facet({
      run: { runId: 'DAG-run' },
      job: { namespace: 'airflow', name: 'shop.load' },
      root: { run: { runId: '0190F1A2-0000-7000-8000-000000000003' }, job: { namespace: 'airflow', name: 'shop' } },
    })
    expect(withFacets({ parent })).toMatchObject({
      parent: { jobNamespace: 'airflow', jobName: 'shop.load', runId: 'DAG-run' },
      root: { jobNamespace: 'airflow', jobName: 'shop', runId: '0190f1a2-0000-7000-8000-000000000003' },
      metadata: {},
    })
  })

  it('reads the parent facet by its old name too, unless it has both', () => {
    const parentOf = (name: string) => facet({ run: { runId: name }, job: { namespace: 'airflow', name } })
    expect(withFacets({ parentRun: parentOf('old') })).toMatchObject({ parent: { runId: 'old' }, metadata: {} })
    const both = withFacets({ parent: parentOf('new'), parentRun: parentOf('old') })
    expect(both).toMatchObject({ parent: { runId: 'new' } })
    expect(both?.metadata['parentRun']).toContain('old')
  })

  it('keeps further properties of a parent facet, and one without run', () => {
    const job = { namespace: 'airflow', name: 'shop', facets: { jobType: { integration: 'AIRFLOW' } } }
    expect(withFacets({ parent: facet({ run: { runId: 'r' }, job }) })?.metadata['parent']).toContain('AIRFLOW')
    expect(withFacets({ parent: facet({ job }) })).toMatchObject({ parent: null })
    expect(withFacets({ parent: facet({ job }) })?.metadata['parent']).toContain('"_malformed":true')
  })

  it('has the data interval', () => {
    const nominalTime = facet({ nominalStartTime: '2024-05-01T00:00:00Z', nominalEndTime: '2024-05-02 00:00:00' })
    expect(withFacets({ nominalTime })).toMatchObject({
      nominalStart: Date.UTC(2024, 4, 1),
      nominalEnd: Date.UTC(2024, 4, 2),
      metadata: {},
    })
    expect(withFacets({ nominalTime: facet({ nominalStartTime: 'soon' }) })).toMatchObject({
      nominalStart: null,
      metadata: { nominalTime: '{"_malformed":true,"value":{"nominalStartTime":"soon"}}' },
    })
  })

  it('has the error, and keeps the stack trace', () => {
    const errorMessage = facet({ message: 'disk full', programmingLanguage: 'Java', stackTrace: 'at A.b' })
    const run = withFacets({ errorMessage })
    expect(run?.error).toBe('disk full')
    expect(JSON.parse(run?.metadata['errorMessage'] ?? '')).toEqual({
      message: 'disk full',
      programmingLanguage: 'Java',
      stackTrace: 'at A.b',
    })
  })

  it("has the error of Spark's own facet, unless it has that of the specification", () => {
    const exception = { message: 'Job aborted due to stage failure', stackTrace: 'at org.apache.spark.A.b' }
    const run = withFacets({ 'spark.exception': facet(exception) })
    expect(run).toMatchObject({ error: exception.message, metadata: { 'spark.exception': JSON.stringify(exception) } })
    const trace =
      'Job aborted: A\n\tat a.A.b(A.scala:1)\nCaused by: B: bad row\n\tat b.B.c(B.java:2)\n\t... 17 more\n\nDriver stacktrace:'
    expect(withFacets({ 'spark.exception': facet({ message: trace }) })?.error).toBe(
      'Job aborted: A\nCaused by: B: bad row\nDriver stacktrace:',
    )
    const both = { 'spark.exception': facet(exception), errorMessage: facet({ message: 'disk full' }) }
    expect(withFacets(both)?.error).toBe('disk full')
  })

  it('keeps unknown facets, without the properties of every facet', () => {
    const facets = { my_facet: facet({ z: 1, a: [{ d: 1, c: null }] }), number: 5, constructor: facet({ x: 1 }) }
    expect(withFacets(facets)?.metadata).toEqual({
      constructor: '{"x":1}',
      my_facet: '{"a":[{"d":1}],"z":1}',
      number: '{"_malformed":true,"value":5}',
    })
  })

  it('adjusts names to the limits of names', () => {
    const run = ofRun({ job: { namespace: 'a\nb', name: 'n'.repeat(3000) } })
    expect(run?.job.namespace).toBe('a%0Ab')
    expect(run?.job.name).toMatch(/^n{1007}~[0-9a-f]{16}$/)
  })
})

describe('the tool that did the work', () => {
  const job = { namespace: 'n', name: 'j', facets: { jobType: facet({ integration: 'DBT', jobType: 'MODEL' }) } }
  const processing_engine = facet({ name: 'Spark', version: '3.5' })

  it('is the integration of the job type', () => {
    expect(ofRun({ job, run: { runId, facets: { processing_engine } } })).toMatchObject({
      by: 'dbt',
      job: { type: 'model' },
    })
  })

  it('is otherwise the processing engine, then the tool in the producer', () => {
    expect(withFacets({ processing_engine })?.by).toBe('spark')
    expect(ofRun({})?.by).toBe('spark')
    expect(ofRun({ producer: 'https://github.com/apache/airflow/tree/providers-openlineage/1.14.0' })?.by).toBe(
      'airflow',
    )
    expect(ofRun({ producer: 'my-script' })?.by).toBeNull()
  })
})

describe('the log of a Delta table', () => {
  const log = (parts = {}) => ({ namespace: 'file', name: '/lake/orders/_delta_log', ...parts })

  it('is metadata of the run instead of an input or output', () => {
    const seen = [log({ facets: { dataSource: facet({ name: 'file' }) } })]
    const { runs, assets } = mapped(runEvent({ inputs: [...seen, dataset('orders')], outputs: seen }))
    expect(runs[0]).toMatchObject({ outputs: [], inputs: [{ key: keyOfTable('orders') }] })
    expect(runs[0]?.metadata['tableLogs']).toBe('{"file:///lake/orders/_delta_log":{"dataSource":{"name":"file"}}}')
    expect(assets).toEqual([])
  })

  it('is not confused with a table of that name', () => {
    const { runs } = mapped(runEvent({ inputs: [dataset('_delta_log')] }))
    expect(runs[0]?.inputs).toMatchObject([{ key: keyOfTable('_delta_log') }])
  })
})
