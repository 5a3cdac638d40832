import {
  type ColumnGraph,
  type ColumnTransformation,
  type ColumnWalk,
  isIndirect,
  type Moment,
  walkColumns,
} from '@headwater/lineage'
import type { Catalog } from '../catalog/catalog.ts'
import type { ColumnNode } from '../contract/index.ts'
import { iso } from './iso-time.ts'
import { assetNotFound, columnNotFound } from './not-found.ts'

export type ColumnRequest = Omit<ColumnWalk, 'from'> & {
  /** Undefined for all columns. */
  readonly column: string | undefined
  readonly moment: Moment
}

/** The graph around one column, or around all columns of an asset. @throws ApiError ASSET_NOT_FOUND, COLUMN_NOT_FOUND */
export async function columnLineageOf(catalog: Catalog, { column, moment, ...walk }: ColumnRequest) {
  const { key } = walk
  const known = await columnsOf(catalog, key, moment)
  if (known.length === 0 && (await catalog.assets.summaries([key], moment)).length === 0) {
    await assetNotFound(catalog, key, moment)
  }
  if (column !== undefined && !known.includes(column)) columnNotFound(key, column, known)
  const graph = await walkColumns({ ...walk, from: column ?? known }, (selected, direction) =>
    catalog.columns.links(selected, direction, moment),
  )
  return {
    root: { key, column: column ?? null },
    nodes: await withTypes(catalog, graph.nodes, moment),
    edges: graph.edges.map(edgeOf),
    truncated: graph.truncated,
    omitted: graph.omitted.slice(),
  }
}

/** The columns in the schema of an asset, in its order, then those that only column lineage names. */
async function columnsOf(catalog: Catalog, key: string, moment: Moment): Promise<readonly string[]> {
  const all = [{ key, column: null }]
  const [schemas, into, outOf] = await Promise.all([
    catalog.columns.schemas([key], moment),
    catalog.columns.links(all, 'upstream', moment),
    catalog.columns.links(all, 'downstream', moment),
  ])
  const linked = [...into.map(({ to }) => to.column), ...outOf.map(({ from }) => from.column)]
  const reported = schemas.get(key)?.map(({ name }) => name) ?? []
  return [...new Set([...reported, ...linked.filter((name) => name !== '').sort()])]
}

async function withTypes(catalog: Catalog, nodes: ColumnGraph['nodes'], moment: Moment): Promise<ColumnNode[]> {
  const schemas = await catalog.columns.schemas([...new Set(nodes.map(({ key }) => key))], moment)
  const types = new Map(
    [...schemas].map(([key, columns]) => [key, new Map(columns.map(({ name, type }) => [name, type]))]),
  )
  return nodes.map(({ id, key, column, depth, readsItself }) => {
    const type = types.get(key)?.get(column) ?? null
    return { id, key, column: nullIfEmpty(column), type, depth, readsItself }
  })
}

function edgeOf({ from, to, transformations, jobs }: ColumnGraph['edges'][number]) {
  return {
    ...{ from, to, indirect: transformations.every(isIndirect) },
    transformations: transformations.map((each) => ({ ...transformationOf(each), wholeRow: each.wholeRow })),
    jobs: jobs.map(({ jobNamespace, jobName, runId, endedAt }) => ({
      ...{ jobNamespace, jobName, runId, endedAt: iso(endedAt) },
    })),
  }
}

export const transformationOf = ({ kind, transformation, masking, description }: ColumnTransformation) => ({
  ...{
    kind: nullIfEmpty(kind),
    transformation: nullIfEmpty(transformation),
    masking,
    description: nullIfEmpty(description),
  },
})

/** Null for an empty text, which stands for the whole row or for what was not reported. */
export const nullIfEmpty = (text: string): string | null => (text === '' ? null : text)
