import { EventLog, type RecordedEvent } from '@headwater/lineage'
import {
  foldReference,
  holdsFor,
  noon,
  propertyRuns,
  propertyTimeoutMs,
  referenceAliases,
  referenceDiff,
} from '@headwater/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/app.ts'
import {
  canonicalized,
  inAliasTables,
  isNoRename,
  keys,
  keysOf,
  names,
  runs,
  worlds,
} from '../../properties/alias-worlds.ts'
import {
  changesOf,
  edgesOf,
  expectSameByWorld,
  referenceChanges,
  referenceEdges,
} from '../../properties/graph-answers.ts'
import { question, span } from '../../properties/graph-questions.ts'

// The answers must equal those for events that name assets by canonical keys only.

describe('With aliases, the answers equal those for canonical keys', () => {
  it(
    `for edges and differences, in ${propertyRuns(runs) * names.length} worlds`,
    async () => {
      await holdsFor(
        fc.asyncProperty(
          worlds,
          fc.array(question, { minLength: 6, maxLength: 6 }),
          fc.array(span, { minLength: 3, maxLength: 3 }),
          async (all, questions, spans) => {
            const log = new EventLog(all.flatMap(canonicalized))
            const records = all.flat()
            const isKept = isNoRename(all)
            const same = (found: Parameters<typeof expectSameByWorld>[0], expected: typeof found, note: string) => {
              const [ours, theirs] = [found, expected].map((rows) => rows.filter(({ from, to }) => isKept(from, to)))
              expectSameByWorld(ours ?? [], theirs ?? [], records, note)
            }
            await inAliasTables(records, async ({ catalog }) => {
              for (const view of questions) {
                const expected = referenceEdges(foldReference(log, view.moment), view.edges)
                for (const direction of ['upstream', 'downstream'] as const) {
                  const found = edgesOf(await catalog.edges.adjacentTo(keys, direction, view))
                  same(found, expected, `${direction} ${JSON.stringify(view)}`)
                }
              }
              for (const times of spans) {
                const { added, removed } = await catalog.changes.between(times)
                const expected = referenceDiff(log, times.from, times.to, times.knownAt)
                same(changesOf(added), referenceChanges(expected.added), `added ${JSON.stringify(times)}`)
                same(changesOf(removed), referenceChanges(expected.removed), `removed ${JSON.stringify(times)}`)
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
    'for lineage, paths and cards of any key, over HTTP',
    async () => {
      const request = fc.record({
        world: fc.nat(names.length - 1),
        root: fc.nat(4),
        other: fc.nat(4),
        depth: fc.nat(4),
        direction: fc.constantFrom('upstream' as const, 'downstream' as const, 'both' as const),
      })
      await holdsFor(
        fc.asyncProperty(worlds, fc.array(request, { minLength: 12, maxLength: 12 }), async (all, questions) => {
          await inAliasTables(all.flat(), async ({ store }) => {
            const app = await buildApp({ store, now: () => noon + 20_000 })
            for (const each of questions) await holds(app, all[each.world] ?? [], each)
            await app.close()
          })
        }),
        runs,
      )
    },
    propertyTimeoutMs,
  )
})

type Request = {
  readonly world: number
  readonly root: number
  readonly other: number
  readonly depth: number
  readonly direction: 'upstream' | 'downstream' | 'both'
}

async function holds(app: Awaited<ReturnType<typeof buildApp>>, records: readonly RecordedEvent[], request: Request) {
  const { canonical } = referenceAliases(records)
  const reference = foldReference(canonicalized(records))
  const own = keysOf(names[request.world] ?? '')
  const [key = '', other = ''] = [own[request.root], own[request.other]]
  const { direction, depth } = request
  const get = (path: string, query: Record<string, string>) =>
    app.inject({ method: 'GET', url: `/api/v1${path}`, query })

  const lineage = await get('/lineage', { key, direction, depth: String(depth) })
  const walked = reference.lineage(canonical(key), { direction, depth, edges: 'current' })
  if (lineage.statusCode === 404) {
    expect(walked.depths.size, `${key} is not known, yet has neighbours`).toBe(1)
    return
  }
  const graph = lineage.json()
  const depths = graph.nodes.map((node: { key: string; depth: number }) => [node.key, node.depth])
  expect(graph.root).toBe(canonical(key))
  expect(Object.fromEntries(depths)).toEqual(Object.fromEntries(walked.depths))

  const card = (await get('/asset', { key })).json()
  expect(card.key).toBe(canonical(key))
  expect(card.aliases.filter((alias: string) => own.includes(alias))).toEqual(
    own.filter((each) => each !== card.key && canonical(each) === card.key),
  )

  const paths = await get('/lineage/paths', { from: other, to: key, limit: '5' })
  const expected = reference.paths(canonical(other), canonical(key), 5, 'current')
  if (paths.statusCode === 200) {
    const { paths: found, nodes } = paths.json()
    expect(found.map((path: number[]) => path.map((id) => nodes[id].key))).toEqual(expected)
  } else expect(expected).toEqual([])
}
