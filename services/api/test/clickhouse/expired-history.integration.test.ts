import type { ClickHouseClient } from '@clickhouse/client'
import { expireHistory } from '@headwater/clickhouse'
import { holdsFor, logOf, noon, propertyTimeoutMs, randomMoment, randomWorld, uniqueName } from '@headwater/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogAnswers } from '../properties/catalog-answers.ts'
import { randomEvents } from '../properties/random-events.ts'
import { inTables } from './in-tables.ts'

const second = (n: number) => noon + n * 1_000

let expired = 0
async function expire(client: ClickHouseClient, horizon: number): Promise<void> {
  const { runs } = await expireHistory(client, {
    horizon,
    knownUntil: second(100),
    readersHaveMoved: async () => undefined,
  })
  expired += runs
}

describe('After history has expired', () => {
  it(
    'every edge, diff, evidence and column link at and after the horizon is unchanged, for consecutive horizons',
    async () => {
      const names = Array.from({ length: 60 }, (_, index) => `w${index}`)
      const keys = names.flatMap((name) => Array.from({ length: 5 }, (_, index) => `s3://${name}/a${index}`))
      const anyColumn = keys.map((key) => ({ key, column: null }))
      const moment = fc.record({
        asOf: fc.option(randomMoment, { nil: undefined }),
        knownAt: fc.option(randomMoment, { nil: undefined }),
      })
      await holdsFor(
        fc.asyncProperty(
          fc.tuple(...names.map((name) => randomWorld(name))),
          fc.array(moment, { minLength: 3, maxLength: 3 }),
          fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 6, max: 12 })),
          async (worlds, moments, horizons) => {
            await inTables([logOf(worlds.flat(), 2)], async ({ catalog, client }) => {
              const answers = async (horizon: number | undefined, from: number) => {
                const at = moments.map(({ asOf, knownAt }) => ({
                  asOf: asOf === undefined ? undefined : Math.max(asOf, from),
                  knownAt: knownAt === undefined ? undefined : Math.max(knownAt, from),
                  horizon,
                }))
                return Promise.all(
                  at.map(async (moment) => [
                    sorted(await catalog.edges.adjacentTo(keys, 'upstream', { moment, edges: { kind: 'current' } })),
                    sorted(await catalog.edges.adjacentTo(keys, 'upstream', { moment, edges: { kind: 'ever' } })),
                    sorted(await catalog.edges.adjacentTo(keys, 'downstream', { moment, edges: { kind: 'ever' } })),
                    sorted(
                      await catalog.edges.adjacentTo(keys, 'upstream', {
                        moment,
                        edges: { kind: 'seenSince', since: second(5) },
                      }),
                    ),
                    sorted(await catalog.columns.links(anyColumn, 'upstream', moment)),
                    sorted(await catalog.columns.links(anyColumn, 'downstream', moment)),
                    await catalog.changes.between({ ...moment, from, to: moment.asOf ?? second(30) }),
                  ]),
                )
              }
              for (const [index, horizon] of horizons.map(second).entries()) {
                const kept = index === 0 ? undefined : second(horizons[0])
                const before = await answers(kept, horizon)
                await expire(client, horizon)
                expect(await answers(horizon, horizon)).toEqual(before)
              }
            })
          },
        ),
        1,
      )
      expect(expired).toBeGreaterThan(0)
    },
    propertyTimeoutMs,
  )

  it(
    'cards, lists of jobs and totals at and after the horizon are unchanged',
    async () => {
      await holdsFor(
        fc.asyncProperty(
          fc.constant(null).chain(() => randomEvents(uniqueName('at').replaceAll('_', '-'))),
          fc.array(fc.nat({ max: 40 }), { minLength: 4, maxLength: 4 }),
          async (events, [first = 0, gap = 0, asOf = 0, knownAt = 0]) => {
            const at = /at-[0-9a-f]+/.exec(JSON.stringify(events))?.[0] ?? ''
            const records = events.map((event, index) => ({ event, recordedAt: second(index / 2) }))
            await inTables([logOf(records, 2)], async ({ catalog, client }) => {
              for (const [index, horizon] of [second(first), second(first + gap)].entries()) {
                const [then, known] = [Math.max(second(asOf), horizon), Math.max(second(knownAt), horizon)]
                const earlier = [{ asOf: then }, { knownAt: known }, { asOf: then, knownAt: known }]
                const moments = [{}, earlier[(asOf + index) % earlier.length]]
                const answers = async (kept: number | undefined) =>
                  Promise.all(
                    moments.map(async (moment) => {
                      const {
                        histories,
                        runs: single,
                        jobRuns,
                        ...rest
                      } = await catalogAnswers(catalog, at, {
                        ...moment,
                        horizon: kept,
                      })
                      return { rest, lists: [histories, jobRuns].flat(2), single: single.flat() }
                    }),
                  )
                const before = await answers(index === 0 ? undefined : second(first))
                await expire(client, horizon)
                const after = await answers(horizon)
                expect(after.map(({ rest }) => rest)).toEqual(before.map(({ rest }) => rest))
                // Lists may lose items, and the items that are left are unchanged.
                for (const [place, { lists, single }] of after.entries()) {
                  for (const item of lists) expect(before[place]?.lists).toContainEqual(item)
                  for (const run of single) expect(before[place]?.single).toContainEqual(run)
                }
              }
            })
          },
        ),
        1,
      )
    },
    propertyTimeoutMs,
  )
})

const sorted = <T>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
