import { type ColumnLink, compareKeys, jobKey, type LineageAnswer, type Moment } from '@headwater/lineage'
import type { Catalog } from '../catalog/catalog.ts'
import type { ColumnLink as EdgeColumn } from '../contract/index.ts'
import { nullIfEmpty, transformationOf } from './column-lineage.ts'

/** Greatest number of column links in one answer, for all edges together. */
const mostLinks = 20_000

type Edge = LineageAnswer['edges'][number]
type EdgeColumns = { readonly columns: EdgeColumn[]; readonly columnsOmitted: number }

/** Adds to each edge the column lineage that the current runs of its jobs report. */
export async function withColumns<E extends Edge>(
  catalog: Catalog,
  nodes: readonly { readonly id: number; readonly key: string }[],
  edges: readonly E[],
  moment: Moment,
): Promise<(E & EdgeColumns)[]> {
  const keys = new Map(nodes.map(({ id, key }) => [id, key]))
  const written = [...new Set(edges.map(({ to }) => keys.get(to) ?? ''))]
  const selected = written.map((key) => ({ key, column: null }))
  const links = edges.length === 0 ? [] : await catalog.columns.links(selected, 'upstream', moment)
  const byEnds = new Map<string, ColumnLink[]>()
  for (const link of links) {
    const ends = `${link.from.key}\n${link.to.key}` // keys contain no line feeds
    const known = byEnds.get(ends)
    if (known === undefined) byEnds.set(ends, [link])
    else known.push(link)
  }
  let left = mostLinks
  return edges.map((edge) => {
    const jobs = new Set(edge.jobs.map(jobKey))
    const between = byEnds.get(`${keys.get(edge.from)}\n${keys.get(edge.to)}`) ?? []
    const columns = columnsOf(between.filter(({ by }) => jobs.has(jobKey(by))))
    const shown = columns.slice(0, left)
    left -= shown.length
    return { ...edge, columns: shown, columnsOmitted: columns.length - shown.length }
  })
}

/** The links without duplicates, each with the runs that report it; sorted by columns. */
function columnsOf(links: readonly ColumnLink[]): readonly EdgeColumn[] {
  const columns = new Map<string, EdgeColumn>()
  for (const { from, to, by, ...how } of links) {
    const column = { from: nullIfEmpty(from.column), to: nullIfEmpty(to.column), ...transformationOf(how) }
    const id = JSON.stringify([to.column, from.column, Object.values(transformationOf(how))])
    const known = columns.get(id) ?? { ...column, jobs: [] }
    known.jobs.push({ jobNamespace: by.jobNamespace, jobName: by.jobName, runId: by.runId })
    columns.set(id, known)
  }
  for (const { jobs } of columns.values()) jobs.sort((a, b) => compareKeys(JSON.stringify(a), JSON.stringify(b)))
  return [...columns].sort(([a], [b]) => compareKeys(a, b)).map(([, column]) => column)
}
