import type { AssetCatalog, Slice } from '../src/asset-catalog.ts'

/** Everything a catalog answers about the assets and jobs whose names begin with `at`, in an order of its own. */
export async function catalogAnswers(catalog: AssetCatalog, at: string) {
  const prefix = `s3://${at}/`
  const summaries = await pages((after: string | undefined) => catalog.assets({ prefix, limit: 3, after }))
  const keys = summaries.map(({ key }) => key)
  const jobs = await pages((after: { jobNamespace: string; jobName: string } | undefined) =>
    catalog.jobs({ namespace: at, limit: 2, after }),
  )
  const runIds = Array.from({ length: 10 }, (_, i) => `${at}-${i}`)
  return {
    summaries,
    facets: await catalog.assetFacets({ prefix, platform: 's3' }),
    cards: await Promise.all(keys.map((key) => catalog.assetCard(key))),
    upstream: sorted(await catalog.edges(keys, 'upstream')),
    downstream: sorted(await catalog.edges(keys.slice(0, 2), 'downstream')),
    histories: await Promise.all(
      keys.map((key) =>
        pages((after: Parameters<AssetCatalog['materializations']>[0]['after']) =>
          catalog.materializations({ key, limit: 2, after }),
        ),
      ),
    ),
    jobs,
    runs: await Promise.all(runIds.map((runId) => catalog.runs(runId))),
    jobRuns: await Promise.all(
      jobs.map((job) =>
        pages((after: Parameters<AssetCatalog['jobRuns']>[0]['after']) =>
          catalog.jobRuns({ ...job, state: 'SUCCEEDED', limit: 2, after }),
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
