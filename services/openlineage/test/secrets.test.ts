import { describe, expect, it } from 'vitest'
import { headwaterEventsOf, readOpenLineageEvent } from '../src/index.ts'
import { fullEvent } from './helpers/full-event.ts'

const secret = 'q9Zx7Wm2Kp4T'
const texts = [`password=${secret}`, `postgres://bob:${secret}@host/db`, `Authorization: Bearer ${secret}`]

/** The value with `text` after each text in it, names of properties included. */
function withText(value: unknown, text: string): unknown {
  if (typeof value === 'string') return `${value} ${text}`
  if (Array.isArray(value)) return value.map((entry) => withText(entry, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withText(member, text)]))
}

function eventsOf(body: unknown) {
  const read = readOpenLineageEvent(body)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return headwaterEventsOf(read.event)
}

describe('secrets in an OpenLineage event', () => {
  it.each(texts)('are in no event that is made of it, whichever text has %s', (text) => {
    const { eventTime, eventType, ...rest } = fullEvent as Readonly<Record<string, unknown>>
    const events = eventsOf({ eventTime, eventType, ...(withText(rest, text) as object) })
    expect(events.length).toBeGreaterThan(1)
    expect(JSON.stringify(events)).not.toContain(secret)
  })

  it('are removed before texts are cut, and where they stand under a name', () => {
    const long = `${'x'.repeat(64 * 1024 - 100)} postgres://bob:${secret.repeat(20)}@host`
    const run = { runId: '0190a7f4-7d3e-7000-8000-000000000001' }
    const facets = {
      errorMessage: { message: long, stackTrace: long },
      debezium: { configs: [`database.password=${secret}`, 'database.hostname=db'] },
      environmentVariables: { environmentVariables: [{ name: 'PGPASSWORD', value: secret }] },
      spark: { properties: { 'spark.hadoop.fs.s3a.secret.key': secret, tokens: 512 } },
    }
    const events = eventsOf({
      ...{ eventTime: '2024-05-01T00:00:00Z', eventType: 'FAIL', run: { ...run, facets } },
      job: { namespace: `postgres://bob:${secret}@host`, name: `load --password ${secret}` },
      inputs: [{ namespace: `postgres://bob:${secret}@host:5432`, name: 'db.s.t' }],
    })
    const text = JSON.stringify(events)
    expect(text).not.toContain(secret)
    expect(text).toContain('"postgres://host/db/s/t"')
    expect(text).toContain('database.hostname=db')
    expect(text).toContain('512')
  })

  it('make no difference between events', () => {
    const event = (password: string) => eventsOf(eventWith(password))
    expect(event('a1')).toEqual(event('b2'))
  })
})

const eventWith = (password: string) => ({
  ...{ eventTime: '2024-05-01T00:00:00Z', eventType: 'COMPLETE' },
  run: { runId: '0190a7f4-7d3e-7000-8000-000000000001', facets: { x: { password } } },
  job: { namespace: 'n', name: 'j' },
})
