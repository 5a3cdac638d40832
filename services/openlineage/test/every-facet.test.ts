import { describe, expect, it } from 'vitest'
import { fullEvent } from './helpers/full-event.ts'
import { recordedEvents, recordedFiles } from './helpers/recorded-events.ts'
import { mapped } from './helpers/run-event.ts'

type Json = Record<string, unknown>
type Place = { readonly name: string; readonly facet: unknown; readonly without: Json }

const object = (value: unknown): Json => (value ?? {}) as Json
const contents = (event: unknown) =>
  mapped(event).events.map(({ event: { eventId, ...content } }) => `${eventId.length} ${JSON.stringify(content)}`)

/** Each facet of an event, with the event without it. */
function places(event: Json): Place[] {
  const within = (owner: Json, name: string, put: (changed: Json) => Json): Place[] =>
    Object.keys(object(owner[name])).map((key) => {
      const { [key]: facet, ...rest } = object(owner[name])
      return { name: `${name}.${key}`, facet, without: put({ ...owner, [name]: rest }) }
    })
  const ofList = (list: string) =>
    ((event[list] ?? []) as Json[]).flatMap((entry, at) =>
      ['facets', 'inputFacets', 'outputFacets'].flatMap((map) =>
        within(entry, map, (changed) => ({ ...event, [list]: ((event[list] ?? []) as Json[]).with(at, changed) })),
      ),
    )
  return [
    ...within(object(event['run']), 'facets', (run) => ({ ...event, run })),
    ...within(object(event['job']), 'facets', (job) => ({ ...event, job })),
    ...ofList('inputs'),
    ...ofList('outputs'),
  ]
}

const assertNoneIsLost = (event: Json) => {
  const whole = contents(event)
  for (const { name, without } of places(event)) expect(contents(without), name).not.toEqual(whole)
}

describe('every facet', () => {
  it('changes the result: none is lost', () => {
    expect(places(fullEvent).length).toBeGreaterThan(25)
    assertNoneIsLost(fullEvent)
  })

  it.each(recordedFiles)('changes the result, in what clients send: %s', (file) => {
    for (const event of recordedEvents(file)) assertNoneIsLost(event)
  })

  it.each(
    recordedEvents('python-client-facets').map((event) => [String(object(event['job'])['name']), event] as const),
  )('of the specification is read without loss: %s', (_, event) => {
    const facets = places(event).map(({ facet }) => facet)
    expect(facets).toHaveLength(1)
    expect(contents(event).join()).not.toContain('_malformed')
    const found = new Set(words(contents(event).join()))
    expect(words(leaves(facets).join(' ')).filter((word) => !found.has(word))).toEqual([])
  })
})

const asKeys = new Set([
  '_producer',
  '_schemaURL',
  'namespace',
  'name',
  'lastUpdated',
  'nominalStartTime',
  'nominalEndTime',
  'ordinal_position',
])

/** The strings and numbers in a facet, except those that become keys, times or an order. */
function leaves(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leaves)
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, found]) => (asKeys.has(name) ? [] : leaves(found)))
  }
  return typeof value === 'boolean' ? [] : [String(value)]
}

const words = (text: string) =>
  text
    .toLowerCase()
    .replace(/\\+n/g, ' ')
    .match(/[a-z0-9]+/g) ?? []
