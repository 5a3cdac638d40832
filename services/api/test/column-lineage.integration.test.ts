import { createClient } from '@clickhouse/client'
import {
  createTestDatabase,
  foldReference,
  logOf,
  projectBatches,
  type RecordedEvent,
  ReferenceLog,
  randomWorld,
  testStack,
} from '@headwater/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createAsk } from '../src/ask.ts'
import type { AssetCatalog } from '../src/asset-catalog.ts'
import { createClickHouseAssetCatalog } from '../src/clickhouse-asset-catalog.ts'
import { columnQuestion, expectColumnWalk, linksAround, sortedLinks } from './column-answers.ts'
import { columnLinksOf } from './reference-edges.ts'

// Many small worlds that know nothing of each other share the tables, so that one question is a case for each of them.

const worlds = 100
const runs = Number(process.env['PROPERTY_RUNS'] ?? 2)
const names = Array.from({ length: worlds }, (_, index) => `w${index}`)
const keys = names.flatMap((name) => Array.from({ length: 5 }, (_, index) => `s3://${name}/a${index}`))

const asked = columnQuestion(keys)

async function inTables(
  records: readonly RecordedEvent[],
  ask: (catalog: AssetCatalog) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase()
  const client = createClient({ url: testStack().clickhouseUrl, database: database.database })
  try {
    const log = logOf(records, 3)
    await projectBatches(database, [log.slice(0, log.length / 3), log.slice(log.length / 3), log.slice(0, 50)])
    await ask(createClickHouseAssetCatalog(createAsk(client)))
  } finally {
    await client.close()
    await database.drop()
  }
}

it(`columns are made of what a plain reading of the events says, at any moment, in ${runs * worlds} worlds`, async () => {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now())
  console.log(`fast-check seed ${seed}`)
  let found = 0
  const property = fc.asyncProperty(
    fc.tuple(...names.map((name) => randomWorld(name))),
    fc.array(asked, { minLength: 8, maxLength: 8 }),
    fc.infiniteStream(fc.nat()),
    async (all, questions, places) => {
      const records = shuffled(all.flat(), places)
      const log = new ReferenceLog(records)
      await inTables(records, async (catalog) => {
        const app = await buildApp({ catalog })
        for (const question of questions) {
          const { moment } = question
          const expected = columnLinksOf(foldReference(log, moment))
          const selected = keys.map((key) => ({ key, column: null }))
          expect(sortedLinks(await catalog.columnLinks(selected, 'upstream', moment))).toEqual(sortedLinks(expected))
          expect(sortedLinks(await catalog.columnLinks(selected, 'downstream', moment))).toEqual(sortedLinks(expected))
          found += expected.length
          await expectColumnWalk(app, linksAround(expected, question.key), question)
        }
        await app.close()
      })
    },
  )
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, {
    ...{ seed, numRuns: runs, endOnFailure: true },
  })
  if (failed) throw new Error(`Seed ${seed}, path ${counterexamplePath}: ${(errorInstance as Error).message}`)
  expect(found).toBeGreaterThan(1_000)
}, 600_000)

function shuffled(records: readonly RecordedEvent[], places: Iterable<number>): readonly RecordedEvent[] {
  const next = places[Symbol.iterator]()
  return records
    .map((record) => ({ record, place: Number(next.next().value) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ record }) => record)
}
