import { describe, expect, it } from 'vitest'
import { fixture, fixtureFiles, hasFixtures } from './fixtures.ts'
import { fullEvent } from './helpers/full-event.ts'
import { dataset, mapped, runEvent, runId } from './helpers/run-event.ts'

type Json = Record<string, unknown>
type Place = { readonly name: string; readonly without: Json }

const object = (value: unknown): Json => (value ?? {}) as Json
const contents = (event: unknown) =>
  mapped(event).events.map(({ event: { eventId, ...content } }) => `${eventId.length} ${JSON.stringify(content)}`)

/** Each facet of an event, with the event without it. */
function places(event: Json): Place[] {
  const within = (owner: Json, name: string, put: (changed: Json) => Json): Place[] =>
    Object.keys(object(owner[name])).map((facet) => {
      const { [facet]: _, ...rest } = object(owner[name])
      return { name: `${name}.${facet}`, without: put({ ...owner, [name]: rest }) }
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

const specified = fixtureFiles('spec/tests').filter((path) => path.split('/').length === 4)

/** The example put where facets of its kind stand. */
function eventWith(path: string): Json {
  const kind = path.split('/')[2] ?? ''
  const facets = fixture(path)
  if (/InputDatasetFacet$/.test(kind)) return runEvent({ inputs: [dataset('a', { inputFacets: facets })] })
  if (/OutputDatasetFacet$/.test(kind)) return runEvent({ outputs: [dataset('a', { outputFacets: facets })] })
  if (/JobFacet$/.test(kind) || (kind === 'LineageFacet' && !path.includes('dataset-to-dataset')))
    return runEvent({ job: { namespace: 'n', name: 'j', facets } })
  if (/RunFacet$/.test(kind)) return runEvent({ run: { runId, facets } })
  return runEvent({ outputs: [dataset('a', { facets })] })
}

const assertNoneIsLost = (event: Json) => {
  const whole = contents(event)
  for (const { name, without } of places(event)) expect(contents(without), name).not.toEqual(whole)
}

describe('every facet', () => {
  it('makes a difference: none is lost', () => {
    expect(places(fullEvent).length).toBeGreaterThan(25)
    assertNoneIsLost(fullEvent)
  })

  it.skipIf(!hasFixtures)('of real events makes a difference', () => {
    const events = fixtureFiles('scenarios').filter((path) => path.includes('/events/'))
    expect(events).toHaveLength(42)
    for (const path of events) assertNoneIsLost(fixture(path) as Json)
  })

  it.skipIf(!hasFixtures).each(specified)('is understood as the specification has it: %s', (path) => {
    const event = eventWith(path)
    assertNoneIsLost(event)
    expect(contents(event).join()).not.toContain('_malformed')
    const said = new Set(words(contents(event).join()))
    expect(words(leaves(fixture(path)).join(' ')).filter((word) => !said.has(word))).toEqual([])
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

/** The texts and numbers in a facet, but those that become keys, times or an order. */
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
