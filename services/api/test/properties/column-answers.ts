import type { ColumnLink } from '@headwater/lineage'
import { randomMoment } from '@headwater/testing'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { buildApp } from '../../src/app.ts'
import type { ColumnLineage } from '../../src/contract/index.ts'
import { columnsOf, walkReference } from '../oracle/column-walk.ts'

// Column lineage of the API and of the reference in one form, to compare them.

/** Random questions about the columns of one of `keys`. */
export const columnQuestion = (keys: readonly string[]) =>
  fc.record({
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
export type ColumnQuestion = ReturnType<typeof columnQuestion> extends fc.Arbitrary<infer T> ? T : never

/** The links in the world of a key. */
export function linksAround(links: readonly ColumnLink[], key: string): readonly ColumnLink[] {
  const world = key.slice(0, key.lastIndexOf('/') + 1)
  return links.filter(({ to }) => to.key.startsWith(world))
}

export const sortedLinks = (links: readonly ColumnLink[]) =>
  links
    .map(({ from, to, by, kind, transformation, masking, description }) =>
      JSON.stringify([to, from, kind, transformation, masking, description, by.jobName, by.runId, by.endedAt]),
    )
    .sort()

/**
 * Fails where column lineage over HTTP differs from the walk along the links.
 * @param root the canonical key of the key in the question
 */
export async function expectColumnWalk(
  app: Awaited<ReturnType<typeof buildApp>>,
  links: readonly ColumnLink[],
  { moment, ...question }: ColumnQuestion,
  root = question.key,
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
    expect(columnsOf(links, root).includes(column ?? ''), answer.body).toBe(false)
    return
  }
  expect(answer.statusCode, answer.body).toBe(200)
  expect(readAnswer(answer.json<ColumnLineage>())).toEqual(plain(walkReference(links, { ...question, key: root })))
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
