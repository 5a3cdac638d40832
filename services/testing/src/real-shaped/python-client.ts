import { facet, type OpenLineageJson, runEvent, type Tool, uuidOf } from './open-lineage-json.ts'

const jobs = 300
const producer = 'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/client/python'

/** 300 scripts that call the client themselves: datasets at the start, the client's own tags in both events. */
export const pythonClient: Tool = {
  name: 'Python client',
  eventAt(number, at) {
    const runNumber = number >> 1
    const job = runNumber % jobs
    const isEnd = number % 2 === 1
    const of = (schema: string, content: OpenLineageJson) => facet(producer, schema, content)
    const owners = [{ name: `team:größe-${job % 7}`, type: 'MAINTAINER' }]
    const output = {
      namespace: 'postgres://db.internal:5432',
      name: `shop.public.export_${job}`,
      facets: { ownership: of('1-0-1/OwnershipDatasetFacet.json', { owners }) },
      outputFacets: isEnd
        ? { outputStatistics: of('1-0-2/OutputStatisticsOutputDatasetFacet.json', { rowCount: runNumber % 10_000 }) }
        : {},
    }
    const input = { namespace: 's3://lake', name: `exports/${job}.csv`, facets: {}, inputFacets: {} }
    const run = {
      runId: uuidOf('python', runNumber),
      facets: {
        tags: of('1-0-0/TagsRunFacet.json', {
          tags: [
            { key: 'openlineage_client_version', value: '1.54.0', source: 'OPENLINEAGE_CLIENT' },
            { key: 'host', value: `worker-${runNumber % 40}`, source: 'USER' },
          ],
        }),
      },
    }
    const origin = { producer: `https://scripts.internal/${job % 9}`, namespace: 'scripts', at }
    return runEvent(origin, isEnd ? 'COMPLETE' : 'START', run, { name: `export ${job}`, facets: {} }, [input], [output])
  },
}
