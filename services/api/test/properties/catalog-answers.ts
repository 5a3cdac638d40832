import type { ColumnLink, Moment } from '@headwater/lineage'
import type { AssetReader } from '../../src/catalog/asset-reader.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Page as Slice } from '../../src/catalog/page.ts'
import type { RunReader } from '../../src/catalog/run-reader.ts'

/** All answers of a catalog about the assets and jobs whose names start with `at`, sorted where the catalog does not sort. */
export async function catalogAnswers(catalog: Catalog, at: string, moment: Moment = {}) {
  const view = { moment, edges: { kind: 'current' } } as const
  const prefix = `s3://${at}/`
  const summaries = await pages((after: string | undefined) => catalog.assets.search({ prefix, limit: 3, after }))
  const keys = summaries.map(({ key }) => key)
  const jobs = await pages((after: { jobNamespace: string; jobName: string } | undefined) =>
    catalog.jobs.list({ moment, namespace: at, children: true, limit: 2, after }),
  )
  const named = Array.from({ length: 4 }, (_, i) => ({ jobNamespace: at, jobName: `job${i}` }))
  const runIds = Array.from({ length: 10 }, (_, i) => `${at}-${i}`)
  return {
    summaries,
    summariesThen: (await catalog.assets.summaries(keys, moment)).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    facets: await catalog.assets.facets({ prefix, platform: 's3' }),
    cards: await Promise.all(keys.map((key) => catalog.assets.card(key, moment))),
    upstream: sorted(await catalog.edges.adjacentTo(keys, 'upstream', view)),
    downstream: sorted(await catalog.edges.adjacentTo(keys.slice(0, 2), 'downstream', view)),
    columnsInto: sortedLinks(await catalog.columns.links(anyColumn(keys), 'upstream', moment)),
    columnsOutOf: sortedLinks(await catalog.columns.links(anyColumn(keys.slice(0, 2)), 'downstream', moment)),
    columnsOfOne: sortedLinks(
      await catalog.columns.links(
        keys.map((key) => ({ key, column: 'c0' })),
        'upstream',
        moment,
      ),
    ),
    schemas: [...(await catalog.columns.schemas(keys, moment))].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    histories: await Promise.all(
      keys.map((key) =>
        pages((after: Parameters<AssetReader['materializations']>[0]['after']) =>
          catalog.assets.materializations({ moment, key, limit: 2, after }),
        ),
      ),
    ),
    jobs,
    ownJobs: await catalog.jobs.list({ moment, namespace: at, children: false, limit: 2 }),
    jobCards: await Promise.all(named.map((job) => catalog.jobs.card(job, moment))),
    runs: await Promise.all(runIds.map((runId) => catalog.runs.byId(runId, moment))),
    jobRuns: await Promise.all(
      jobs.map((job) =>
        pages((after: Parameters<RunReader['ofJob']>[0]['after']) =>
          catalog.runs.ofJob({ moment, ...job, state: 'SUCCEEDED', limit: 2, after }),
        ),
      ),
    ),
  }
}

async function pages<Item, Place>(page: (after: Place | undefined) => Promise<Slice<Item, Place>>): Promise<Item[]> {
  const items: Item[] = []
  let after: Place | undefined
  for (;;) {
    const slice = await page(after)
    items.push(...slice.items)
    if (slice.next === null) return items
    after = slice.next
  }
}

const sorted = <T extends { from: string; to: string }>(edges: readonly T[]): T[] =>
  edges.toSorted((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1))

const anyColumn = (keys: readonly string[]) => keys.map((key) => ({ key, column: null }))

const sortedLinks = (links: readonly ColumnLink[]): readonly ColumnLink[] =>
  links.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

const nameOf = ({ from, to, by, ...how }: ColumnLink) =>
  JSON.stringify([
    to.key,
    to.column,
    from.key,
    from.column,
    by.jobName,
    how.kind,
    how.transformation,
    how.masking,
    how.description,
  ])
