import type { ColumnLink, LineageAnswer, Moment } from '@headwater/lineage'
import { compareKeys } from '@headwater/lineage'
import type { Catalog } from '../catalog/catalog.ts'
import type { ColumnLink as EdgeColumn } from '../contract/index.ts'
import { named, transformationOf } from './column-lineage.ts'

/** How many links of columns an answer holds at most, all edges together. */
const mostLinks = 20_000

type Edge = LineageAnswer['edges'][number]
type EdgeColumns = { readonly columns: EdgeColumn[]; readonly columnsOmitted: number }

/** Edges with the columns that the current runs of their jobs say are made of which. */
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
    const ends = `${link.from.key}\n${link.to.key}` // keys cannot hold a line feed
    const known = byEnds.get(ends)
    if (known === undefined) byEnds.set(ends, [link])
    else known.push(link)
  }
  let left = mostLinks
  return edges.map((edge) => {
    const jobs = new Set(edge.jobs.map(jobOf))
    const between = byEnds.get(`${keys.get(edge.from)}\n${keys.get(edge.to)}`) ?? []
    const columns = columnsOf(between.filter(({ by }) => jobs.has(jobOf(by))))
    const shown = columns.slice(0, left)
    left -= shown.length
    return { ...edge, columns: shown, columnsOmitted: columns.length - shown.length }
  })
}

const jobOf = ({ jobNamespace, jobName }: { readonly jobNamespace: string; readonly jobName: string }) =>
  JSON.stringify([jobNamespace, jobName])

/** Each that is stated once, with the runs that say so; sorted. */
function columnsOf(links: readonly ColumnLink[]): readonly EdgeColumn[] {
  const columns = new Map<string, EdgeColumn>()
  for (const { from, to, by, ...how } of links) {
    const column = { from: named(from.column), to: named(to.column), ...transformationOf(how) }
    const id = JSON.stringify([to.column, from.column, Object.values(transformationOf(how))])
    const known = columns.get(id) ?? { ...column, jobs: [] }
    known.jobs.push({ jobNamespace: by.jobNamespace, jobName: by.jobName, runId: by.runId })
    columns.set(id, known)
  }
  for (const { jobs } of columns.values()) jobs.sort((a, b) => compareKeys(JSON.stringify(a), JSON.stringify(b)))
  return [...columns].sort(([a], [b]) => compareKeys(a, b)).map(([, column]) => column)
}
