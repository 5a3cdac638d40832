import { createClient } from '@clickhouse/client'
import type { ColumnLink } from '@headwater/lineage'
import {
  createTestDatabase,
  foldReference,
  logOf,
  projectBatches,
  type RecordedEvent,
  ReferenceLog,
  randomMoment,
  randomWorld,
  testStack,
} from '@headwater/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createAsk } from '../src/ask.ts'
import type { AssetCatalog } from '../src/asset-catalog.ts'
import { createClickHouseAssetCatalog } from '../src/clickhouse-asset-catalog.ts'
import type { ColumnLineage } from '../src/contract.ts'
import { columnsOf, walkReference } from './reference-columns.ts'
import { columnLinksOf } from './reference-edges.ts'

// Many small worlds that know nothing of each other share the tables, so that one question is a case for each of them.

const worlds = 100
const runs = Number(process.env['PROPERTY_RUNS'] ?? 2)
const names = Array.from({ length: worlds }, (_, index) => `w${index}`)
const keys = names.flatMap((name) => Array.from({ length: 5 }, (_, index) => `s3://${name}/a${index}`))

const asked = fc.record({
  moment: fc.record({
    asOf: fc.option(randomMoment, { nil: undefined }),
    knownAt: fc.option(randomMoment, { nil: undefined }),
  }),
  key: fc.constantFrom(...keys),
  column: fc.constantFrom(null, 'c0', 'c1', 'c2'),
  direction: fc.constantFrom('upstream' as const, 'downstream' as const, 'both' as const),
  depth: fc.nat(4),
  isThroughRows: fc.boolean(),
})
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never

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
          expect(sorted(await catalog.columnLinks(selected, 'upstream', moment))).toEqual(sorted(expected))
          expect(sorted(await catalog.columnLinks(selected, 'downstream', moment))).toEqual(sorted(expected))
          found += expected.length
          await holds(app, expected.filter(isOfWorld(question.key)), question)
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

const isOfWorld = (key: string) => {
  const world = key.slice(0, key.lastIndexOf('/') + 1)
  return ({ to }: ColumnLink) => to.key.startsWith(world)
}

async function holds(
  app: Awaited<ReturnType<typeof buildApp>>,
  links: readonly ColumnLink[],
  { moment, ...question }: Asked,
): Promise<void> {
  const { key, column, direction, depth, isThroughRows } = question
  const answer = await app.inject({
    url: '/api/v1/columns/lineage',
    query: {
      ...{ key, direction, depth: String(depth), wholeRow: String(isThroughRows) },
      ...(column === null ? {} : { column }),
      ...(moment.asOf === undefined ? {} : { asOf: new Date(moment.asOf).toISOString() }),
      ...(moment.knownAt === undefined ? {} : { knownAt: new Date(moment.knownAt).toISOString() }),
    },
  })
  if (answer.statusCode === 404) {
    expect(columnsOf(links, key).includes(column ?? ''), answer.body).toBe(false)
    return
  }
  expect(answer.statusCode, answer.body).toBe(200)
  expect(readAnswer(answer.json<ColumnLineage>())).toEqual(plain(walkReference(links, question)))
}

const plain = ({ depths, omitted, ...rest }: ReturnType<typeof walkReference>) => ({
  ...rest,
  depths: Object.fromEntries(depths),
  omitted: omitted.length,
  edges: [...new Set(rest.edges.map((edge) => JSON.stringify(withoutRun(JSON.parse(edge)))))].sort(),
  jobs: [...new Set(rest.edges.map((edge) => JSON.stringify(onlyRun(JSON.parse(edge)))))].sort(),
})

type Edge = { from: string; to: string; job: string; run: string }
const withoutRun = ({ job: _, run: __, ...edge }: Edge) => edge
const onlyRun = ({ from, to, job, run }: Edge) => ({ from, to, job, run })

function readAnswer({ nodes, edges, omitted, truncated }: ColumnLineage) {
  expect(truncated).toBe(false)
  const nameOf = (id: number) => `${nodes[id]?.key} ${nodes[id]?.column ?? '*'}`
  const ends = (edge: { from: number; to: number }) => ({ from: nameOf(edge.from), to: nameOf(edge.to) })
  return {
    depths: Object.fromEntries(nodes.map(({ id, depth }) => [nameOf(id), depth])),
    readsItself: nodes
      .filter(({ readsItself }) => readsItself)
      .map(({ id }) => nameOf(id))
      .sort(),
    edges: edges
      .flatMap((edge) =>
        edge.transformations.map(({ kind, transformation, masking, wholeRow }) =>
          JSON.stringify({
            ...ends(edge),
            ...{ kind: kind ?? '', transformation: transformation ?? '', masking, wholeRow },
          }),
        ),
      )
      .sort(),
    jobs: edges
      .flatMap((edge) =>
        edge.jobs.map(({ jobName, runId }) => JSON.stringify({ ...ends(edge), job: jobName, run: runId })),
      )
      .sort(),
    omitted: omitted.reduce((total, { upstream, downstream }) => total + upstream + downstream, 0),
  }
}

const sorted = (links: readonly ColumnLink[]) =>
  links
    .map(({ from, to, by, kind, transformation, masking, description }) =>
      JSON.stringify([to, from, kind, transformation, masking, description, by.jobName, by.runId, by.endedAt]),
    )
    .sort()

function shuffled(records: readonly RecordedEvent[], places: Iterable<number>): readonly RecordedEvent[] {
  const next = places[Symbol.iterator]()
  return records
    .map((record) => ({ record, place: Number(next.next().value) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ record }) => record)
}
