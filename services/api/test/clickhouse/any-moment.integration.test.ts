import { EventLog, type RecordedEvent } from '@headwater/lineage'
import {
  foldReference,
  holdsFor,
  logOf,
  noon,
  propertyRuns,
  propertyTimeoutMs,
  randomWorld,
  referenceDiff,
} from '@headwater/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { modeOf } from '../oracle/in-memory-graph.ts'
import { changesOf, edgesOf, expectSameByWorld, referenceChanges, referenceEdges } from '../properties/graph-answers.ts'
import { question, span } from '../properties/graph-questions.ts'
import { inTables } from './in-tables.ts'

// Many small independent worlds share the tables, so one request tests them all.

const worlds = 150
const runs = 1
const names = Array.from({ length: worlds }, (_, index) => `w${index}`)
const keysOf = (name: string) => Array.from({ length: 5 }, (_, index) => `s3://${name}/a${index}`)
const keys = names.flatMap(keysOf)

/** The log, cut into batches at the given indexes. */
function cut(records: readonly RecordedEvent[], cuts: readonly number[]) {
  const log = logOf(records, 3)
  const bounds = [0, ...cuts.map((place) => place % log.length), log.length].toSorted((a, b) => a - b)
  const batches = bounds.slice(1).map((end, index) => log.slice(bounds[index], end))
  return batches.filter((batch) => batch.length > 0)
}

describe('At any moment, the answers equal a fold of only the events that count', () => {
  it(
    `for edges and differences, in ${propertyRuns(runs) * worlds} worlds, whatever the order, repetition and batches`,
    async () => {
      await holdsFor(
        fc.asyncProperty(
          fc.tuple(...names.map((name) => randomWorld(name))),
          fc.array(fc.nat(), { maxLength: 3 }),
          fc.array(question, { minLength: 6, maxLength: 6 }),
          fc.array(span, { minLength: 3, maxLength: 3 }),
          async (all, cuts, questions, spans) => {
            const records = shuffled(all.flat())
            const log = new EventLog(records)
            await inTables(cut(records, cuts), async ({ catalog }) => {
              for (const view of questions) {
                const expected = referenceEdges(foldReference(log, view.moment), view.edges)
                const note = JSON.stringify(view)
                expectSameByWorld(
                  edgesOf(await catalog.edges.adjacentTo(keys, 'upstream', view)),
                  expected,
                  records,
                  `up ${note}`,
                )
                expectSameByWorld(
                  edgesOf(await catalog.edges.adjacentTo(keys, 'downstream', view)),
                  expected,
                  records,
                  `down ${note}`,
                )
              }
              for (const times of spans) {
                const expected = referenceDiff(log, times.from, times.to, times.knownAt)
                const { added, removed } = await catalog.changes.between(times)
                expectSameByWorld(
                  changesOf(added),
                  referenceChanges(expected.added),
                  records,
                  `added ${JSON.stringify(times)}`,
                )
                expectSameByWorld(
                  changesOf(removed),
                  referenceChanges(expected.removed),
                  records,
                  `removed ${JSON.stringify(times)}`,
                )
              }
            })
          },
        ),
        runs,
      )
    },
    propertyTimeoutMs,
  )

  it(
    'for lineage, paths and diffs around an asset, over HTTP',
    async () => {
      const request = fc.record({
        world: fc.constantFrom(...names),
        root: fc.nat(4),
        other: fc.nat(4),
        depth: fc.nat(4),
        limit: fc.integer({ min: 1, max: 8 }),
        direction: fc.constantFrom('upstream' as const, 'downstream' as const, 'both' as const),
        question,
        span,
      })
      await holdsFor(
        fc.asyncProperty(
          fc.tuple(...names.map((name) => randomWorld(name))),
          fc.array(request, { minLength: 12, maxLength: 12 }),
          async (all, questions) => {
            const records = shuffled(all.flat())
            await inTables(cut(records, []), async ({ store }) => {
              const app = await buildApp({ store, now: () => noon + 20_000 })
              for (const each of questions) await holds(app, new EventLog(all[names.indexOf(each.world)] ?? []), each)
              await app.close()
            })
          },
        ),
        runs,
      )
    },
    propertyTimeoutMs,
  )
})

type Request = {
  readonly world: string
  readonly root: number
  readonly other: number
  readonly depth: number
  readonly limit: number
  readonly direction: 'upstream' | 'downstream' | 'both'
  readonly question: {
    readonly moment: { asOf?: number | undefined; knownAt?: number | undefined }
    readonly edges: Parameters<typeof referenceEdges>[1]
  }
  readonly span: { readonly from: number; readonly to: number; readonly knownAt?: number | undefined }
}

async function holds(app: Awaited<ReturnType<typeof buildApp>>, log: EventLog, request: Request): Promise<void> {
  const [root = '', other = ''] = [keysOf(request.world)[request.root], keysOf(request.world)[request.other]]
  const { moment, edges } = request.question
  const mode = modeOf(edges)
  const view: Record<string, string> = {
    edges: edges.kind === 'seenSince' ? `seenWithin=${(moment.asOf ?? noon + 20_000) - edges.since}ms` : edges.kind,
    ...(moment.asOf === undefined ? {} : { asOf: new Date(moment.asOf).toISOString() }),
    ...(moment.knownAt === undefined ? {} : { knownAt: new Date(moment.knownAt).toISOString() }),
  }
  if (edges.kind === 'seenSince' && (moment.asOf ?? noon + 20_000) < edges.since) return
  const get = async (path: string, query: Record<string, string>) =>
    app.inject({ method: 'GET', url: `/api/v1${path}`, query })
  const reference = foldReference(log, moment)
  const { direction, depth } = request

  const lineage = await get('/lineage', { key: root, direction, depth: String(depth), ...view })
  const walked = reference.lineage(root, { direction, depth, edges: mode })
  if (lineage.statusCode === 404) {
    expect(walked.depths.size, `${root} is not known, yet has neighbours`).toBe(1)
    return
  }
  expect(lineage.statusCode, lineage.body).toBe(200)
  const graph = lineage.json()
  const keyOf = (id: number): string => graph.nodes[id].key
  expect(Object.fromEntries(graph.nodes.map((node: { key: string; depth: number }) => [node.key, node.depth]))).toEqual(
    Object.fromEntries(walked.depths),
  )
  expect(
    graph.nodes
      .filter((node: { readsItself: boolean }) => node.readsItself)
      .map((node: { key: string }) => node.key)
      .toSorted(),
  ).toEqual([...walked.readsItself].sort())
  expect(
    graph.edges.map((edge: { from: number; to: number }) => `${keyOf(edge.from)} ${keyOf(edge.to)}`).toSorted(),
  ).toEqual(walked.edges.map(({ from, to }) => `${from} ${to}`).toSorted())

  const paths = await get('/lineage/paths', { from: other, to: root, limit: String(request.limit), ...view })
  if (paths.statusCode === 200) {
    const { paths: found, nodes } = paths.json()
    expect(found.map((path: number[]) => path.map((id) => nodes[id].key))).toEqual(
      reference.paths(other, root, request.limit, mode),
    )
  } else expect(reference.paths(other, root, request.limit, mode)).toEqual([])

  const { from, to, knownAt } = request.span
  const times = {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...(knownAt === undefined ? {} : { knownAt: new Date(knownAt).toISOString() }),
  }
  const diff = await get('/lineage/diff', { key: root, direction, depth: String(depth), ...times })
  if (diff.statusCode === 404) return
  expect(diff.statusCode, diff.body).toBe(200)
  const near = new Set(
    [from, to].flatMap((asOf) => [
      ...foldReference(log, { asOf, knownAt }).lineage(root, { direction, depth }).depths.keys(),
    ]),
  )
  const expected = referenceDiff(log, from, to, knownAt)
  const around = <T extends { from: string; to: string }>(changes: readonly T[]) =>
    changes.filter((change) => near.has(change.from) && near.has(change.to))
  const ends = (changes: readonly { from: string; to: string; jobName: string }[]) =>
    changes.map((change) => `${change.from} ${change.to} ${change.jobName}`)
  expect(ends(diff.json().added)).toEqual(ends(around(expected.added)))
  expect(ends(diff.json().removed)).toEqual(ends(around(expected.removed)))
}

/** The records in a random order, the same for the same records. */
function shuffled(records: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return records
    .map((record, index) => ({ record, place: (index * 7_919) % 10_007 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ record }) => record)
}
