import { EventLog, type RecordedEvent } from '@headwater/lineage'
import { foldReference, holdsFor, logOf, propertyRuns, propertyTimeoutMs, randomWorld } from '@headwater/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildApp } from '../../../src/app.ts'
import { columnQuestion, expectColumnWalk, linksAround, sortedLinks } from '../../properties/column-answers.ts'
import { inTables } from '../in-tables.ts'

// Many small independent worlds share the tables, so one request tests them all.

const worlds = 100
const runs = 1
const names = Array.from({ length: worlds }, (_, index) => `w${index}`)
const keys = names.flatMap((name) => Array.from({ length: 5 }, (_, index) => `s3://${name}/a${index}`))

const request = columnQuestion(keys)

/** Two batches, and a re-delivery of part of the first. */
function delivered(records: readonly RecordedEvent[]) {
  const log = logOf(records, 3)
  return [log.slice(0, log.length / 3), log.slice(log.length / 3), log.slice(0, 50)]
}

it(
  `column lineage equals the fold of the events that count, at any moment, in ${propertyRuns(runs) * worlds} worlds`,
  async () => {
    let found = 0
    const property = fc.asyncProperty(
      fc.tuple(...names.map((name) => randomWorld(name))),
      fc.array(request, { minLength: 8, maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      async (all, questions, places) => {
        const records = shuffled(all.flat(), places)
        const log = new EventLog(records)
        await inTables(delivered(records), async ({ catalog, store }) => {
          const app = await buildApp({ store })
          for (const question of questions) {
            const { moment } = question
            const expected = foldReference(log, moment).columns()
            const selected = keys.map((key) => ({ key, column: null }))
            expect(sortedLinks(await catalog.columns.links(selected, 'upstream', moment))).toEqual(
              sortedLinks(expected),
            )
            expect(sortedLinks(await catalog.columns.links(selected, 'downstream', moment))).toEqual(
              sortedLinks(expected),
            )
            found += expected.length
            await expectColumnWalk(app, linksAround(expected, question.key), question)
          }
          await app.close()
        })
      },
    )
    await holdsFor(property, runs)
    expect(found).toBeGreaterThan(1_000)
  },
  propertyTimeoutMs,
)

function shuffled(records: readonly RecordedEvent[], places: Iterable<number>): readonly RecordedEvent[] {
  const next = places[Symbol.iterator]()
  return records
    .map((record) => ({ record, place: Number(next.next().value) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ record }) => record)
}
