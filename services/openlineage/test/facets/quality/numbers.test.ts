import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent } from '../../helpers/run-event.ts'

const dataQualityMetrics = facet({
  rowCount: 10,
  bytes: 1000,
  fileCount: 2,
  lastUpdated: '2024-04-30T10:00:00.123456Z',
  columnMetrics: { amount: { nullCount: 1, quantiles: { '0.5': 4.5 } } },
})
const metrics = { rows: 10, bytes: 1000, files: 2, 'nullCount(amount)': 1, 'quantile 0.5(amount)': 4.5 }

describe('metrics', () => {
  it('in output statistics belong to the output', () => {
    const outputStatistics = facet({ rowCount: 5, size: 50, fileCount: 1 })
    const { output, assets } = mapped(runEvent({ outputs: [dataset('a', { outputFacets: { outputStatistics } })] }))
    expect(output(keyOfTable('a'))).toMatchObject({ metrics: { rows: 5, bytes: 50, files: 1 }, metadata: {} })
    expect(assets).toEqual([])
  })

  it('in output statistics are also read from the facets of the dataset, where only those have them', () => {
    const [facets, outputFacets] = [4, 5].map((rowCount) => ({ outputStatistics: facet({ rowCount }) }))
    const astray = mapped(runEvent({ outputs: [dataset('a', { facets })] }))
    expect(astray.output(keyOfTable('a'))?.metrics).toEqual({ rows: 4 })
    expect(astray.assets).toEqual([])
    const both = mapped(runEvent({ outputs: [dataset('a', { facets, outputFacets })] }))
    expect(both.output(keyOfTable('a'))?.metrics).toEqual({ rows: 5 })
    expect(both.stated(keyOfTable('a'))?.metadata).toEqual({ outputStatistics: '{"rowCount":4}' })
  })

  it('of an input belong to the asset, with the time of its last change', () => {
    const { stated, runs } = mapped(runEvent({ inputs: [dataset('a', { inputFacets: { dataQualityMetrics } })] }))
    expect(stated(keyOfTable('a'))).toMatchObject({ metrics, metadata: { lastUpdated: '"2024-04-30T10:00:00.123Z"' } })
    expect(runs[0]?.metadata).toEqual({})
  })

  it('of a dataset belong to it in any role', () => {
    const facets = { dataQualityMetrics }
    expect(mapped(runEvent({ outputs: [dataset('a', { facets })] })).stated(keyOfTable('a'))?.metrics).toEqual(metrics)
    const event = { eventTime: '2024-05-01T12:00:00Z', dataset: dataset('a', { facets }) }
    expect(mapped(event).stated(keyOfTable('a'))?.metrics).toEqual(metrics)
  })

  it('about reading are metadata of the run, by input', () => {
    const inputStatistics = facet({ rowCount: 7 })
    const { runs } = mapped(runEvent({ inputs: [dataset('a', { inputFacets: { inputStatistics } })] }))
    expect(runs[0]?.metadata).toEqual({ [`inputStatistics:${keyOfTable('a')}`]: '{"rowCount":7}' })
  })

  it('that are not numbers are kept, the rest counts', () => {
    const outputStatistics = JSON.parse('{"rowCount":"many","size":1e999,"fileCount":3}')
    const { output } = mapped(runEvent({ outputs: [dataset('a', { outputFacets: { outputStatistics } })] }))
    expect(output(keyOfTable('a'))?.metrics).toEqual({ files: 3 })
    expect(output(keyOfTable('a'))?.metadata['outputStatistics']).toContain('"_malformed":true')
  })
})
