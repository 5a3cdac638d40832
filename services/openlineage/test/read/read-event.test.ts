import { describe, expect, it } from 'vitest'
import { readOpenLineageEvent } from '../../src/index.ts'
import { dataset, runEvent } from '../helpers/run-event.ts'

const eventOf = (body: unknown) => {
  const read = readOpenLineageEvent(body)
  return 'event' in read ? read.event : undefined
}
const problemsOf = (body: unknown) => {
  const read = readOpenLineageEvent(body)
  return 'problems' in read ? read.problems : []
}
const eventTime = '2024-05-01T12:00:00Z'

describe('readOpenLineageEvent', () => {
  it('recognizes the three kinds of events by their keys', () => {
    const job = { namespace: 'n', name: 'j' }
    expect(eventOf(runEvent())).toHaveProperty('run')
    expect(eventOf({ eventTime, job })).not.toHaveProperty('run')
    expect(eventOf({ eventTime, job })).toHaveProperty('job', job)
    expect(eventOf({ eventTime, dataset: dataset('a') })).toHaveProperty('dataset', dataset('a'))
  })

  it('treats null as absent', () => {
    const body = runEvent({
      eventType: null,
      producer: null,
      inputs: null,
      outputs: null,
      run: { runId: 'r', facets: null },
    })
    expect(eventOf(body)).toMatchObject({ run: { runId: 'r' } })
    expect(eventOf({ eventTime, run: null, job: null, dataset: dataset('a') })).toHaveProperty('dataset')
  })

  it('puts a UUID into lower case and leaves any other run id unchanged', () => {
    const id = (runId: string) => (eventOf(runEvent({ run: { runId } })) as { run: object } | undefined)?.run
    expect(id('0190F1A2-0000-7000-8000-00000000000A')).toEqual({ runId: '0190f1a2-0000-7000-8000-00000000000a' })
    expect(id('Scheduled__2024-05-01T00:00')).toEqual({ runId: 'Scheduled__2024-05-01T00:00' })
  })

  it('reads an empty name as the root of a bucket, on platforms that have buckets', () => {
    const [bucket, server] = ['s3://results', 'postgres://db:5432'].map((namespace) => ({ namespace, name: '' }))
    expect(eventOf(runEvent({ outputs: [bucket] }))).toHaveProperty('outputs', [{ ...bucket, name: '/' }])
    expect(problemsOf(runEvent({ outputs: [server] }))).toMatchObject([{ pointer: '/outputs/0/name' }])
  })

  it('lists all problems, each with its pointer and the value found', () => {
    const body = runEvent({
      eventTime: 'yesterday',
      eventType: 5,
      run: { runId: '', facets: [] },
      job: { namespace: 'n' },
      inputs: {},
      outputs: [dataset('a'), { namespace: 'x', name: 7 }, 'orders', { ...dataset('b'), facets: 'none' }],
    })
    expect(problemsOf(body)).toEqual([
      {
        pointer: '/eventTime',
        detail:
          'Expected an RFC 3339 time between 1970 and 2286, e.g. 2024-05-01T12:00:00Z, found the string "yesterday"',
      },
      { pointer: '/eventType', detail: 'Expected a string, found the number 5' },
      { pointer: '/run/runId', detail: 'Expected a non-empty string, found an empty string' },
      { pointer: '/run/facets', detail: 'Expected an object with facets by name, found an array' },
      { pointer: '/job/name', detail: 'Expected a non-empty string, found nothing' },
      { pointer: '/inputs', detail: 'Expected an array of datasets, found an object' },
      { pointer: '/outputs/1/name', detail: 'Expected a non-empty string, found the number 7' },
      { pointer: '/outputs/2', detail: 'Expected an object with `namespace` and `name`, found the string "orders"' },
      { pointer: '/outputs/3/facets', detail: 'Expected an object with facets by name, found the string "none"' },
    ])
  })

  it('lists at most 20 problems', () => {
    expect(problemsOf(runEvent({ inputs: Array.from({ length: 500 }, () => 1) }))).toHaveLength(20)
  })

  it.each([
    ['an array', [], ''],
    ['a string', 'event', ''],
    ['nothing', null, ''],
    ['an object without run, job and dataset', { eventTime }, ''],
    ['an event type without a run', { eventTime, eventType: 'START', job: { namespace: 'n', name: 'j' } }, '/run'],
    ['a run without a job', { eventTime, run: { runId: 'r' } }, '/job'],
    ['a run id with a control character', runEvent({ run: { runId: 'a\nb' } }), '/run/runId'],
    ['a run id that is too long', runEvent({ run: { runId: 'r'.repeat(1025) } }), '/run/runId'],
  ])('refuses %s', (_, body, pointer) => {
    expect(problemsOf(body).map((problem) => problem.pointer)).toContain(pointer)
  })

  it('refuses a job that declares more edges than an event can hold', () => {
    const list = Array.from({ length: 1_000 }, (_, at) => dataset(`t${at}`))
    const body = { eventTime, job: { namespace: 'n', name: 'j' }, inputs: list, outputs: list }
    expect(problemsOf(body)).toEqual([
      {
        pointer: '/outputs',
        detail: 'The job declares 1000000 edges (outputs times inputs); at most 100000 are allowed',
      },
    ])
    expect(problemsOf(runEvent({ inputs: list, outputs: list }))).toEqual([])
  })

  it('reads own properties only', () => {
    const inherited = Object.create({ run: { runId: 'r' }, job: { namespace: 'n', name: 'j' } })
    expect(problemsOf(Object.assign(inherited, { eventTime }))[0]?.detail).toContain('Missing properties')
    expect(
      eventOf(JSON.parse(`{"eventTime":"${eventTime}","dataset":{"namespace":"__proto__","name":"constructor"}}`)),
    ).toEqual(expect.objectContaining({ dataset: { namespace: '__proto__', name: 'constructor' } }))
  })
})
