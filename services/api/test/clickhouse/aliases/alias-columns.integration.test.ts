import { EventLog } from '@headwater/lineage'
import { foldReference, holdsFor, propertyRuns, propertyTimeoutMs, referenceAliases } from '@headwater/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/app.ts'
import { createInMemoryStore } from '../../oracle/in-memory-store.ts'
import { canonicalizedColumns, inAliasTables, keys, names, runs, worlds } from '../../properties/alias-worlds.ts'
import { columnQuestion, expectColumnWalk, linksAround, sortedLinks } from '../../properties/column-answers.ts'

// The answers must equal those for events that name assets by canonical keys only.

describe('With aliases, the answers equal those for canonical keys:', () => {
  it(
    `column lineage follows the latest success under any key, in ${propertyRuns(runs) * names.length} worlds`,
    async () => {
      let found = 0
      await holdsFor(
        fc.asyncProperty(
          worlds,
          fc.array(columnQuestion(keys), { minLength: 8, maxLength: 8 }),
          async (all, questions) => {
            const records = all.flat()
            const { canonical } = referenceAliases(records)
            const log = new EventLog(all.flatMap(canonicalizedColumns))
            const selected = keys.map((key) => ({ key, column: null }))
            await inAliasTables(records, async ({ catalog, store }) => {
              const app = await buildApp({ store })
              for (const question of questions) {
                const { moment, key } = question
                const expected = foldReference(log, moment).columns()
                for (const direction of ['upstream', 'downstream'] as const) {
                  const links = await catalog.columns.links(selected, direction, moment)
                  expect(sortedLinks(links)).toEqual(sortedLinks(expected))
                  const near = await catalog.columns.links([{ key, column: null }], direction, moment)
                  const isNear = ({ from, to }: (typeof links)[number]) =>
                    (direction === 'upstream' ? to : from).key === canonical(key)
                  expect(sortedLinks(near)).toEqual(sortedLinks(expected.filter(isNear)))
                }
                found += expected.length
                await expectColumnWalk(app, linksAround(expected, key), question, canonical(key))
              }
              await app.close()
            })
          },
        ),
        runs,
      )
      expect(found).toBeGreaterThan(1_000)
    },
    propertyTimeoutMs,
  )

  it(
    'jobs read, write and declare the same assets',
    async () => {
      await holdsFor(
        fc.asyncProperty(worlds, async (all) => {
          await inAliasTables(all.flat(), async ({ catalog }) => {
            for (const [index, records] of all.entries()) {
              const reference = createInMemoryStore(records.map(({ event }) => event))
              for (const jobName of ['job0', 'job1', 'job2', 'job3']) {
                const job = { jobNamespace: names[index] ?? '', jobName }
                const expected = await reference.catalog.jobs.card(job, {})
                const { inputs, outputs, outputCount, declared } = (await catalog.jobs.card(job, {})) ?? {}
                expect({ inputs, outputs, outputCount, declared }).toEqual({
                  ...{ inputs: expected?.inputs, outputs: expected?.outputs },
                  ...{ outputCount: expected?.outputCount, declared: expected?.declared },
                })
              }
            }
          })
        }),
        1,
      )
    },
    propertyTimeoutMs,
  )
})
