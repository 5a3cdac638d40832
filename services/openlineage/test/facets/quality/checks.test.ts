import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent, runId } from '../../helpers/run-event.ts'

const assertions = (...list: object[]) => ({ dataQualityAssertions: facet({ assertions: list }) })
const notNull = { assertion: 'not_null', column: 'id', success: false, severity: 'error', expected: '0', actual: 3 }

describe('assertions about a dataset', () => {
  it('are checks, with the run that checked', () => {
    const { checks } = mapped(runEvent({ inputs: [dataset('a', { inputFacets: assertions(notNull) })] }))
    expect(checks).toMatchObject([
      {
        key: keyOfTable('a'),
        runId,
        jobNamespace: 'warehouse',
        jobName: 'load_orders',
        check: {
          name: 'not_null',
          column: 'id',
          severity: 'ERROR',
          status: 'FAIL',
          expected: '0',
          actual: '3',
          message: null,
        },
      },
    ])
  })

  it.each([
    [{ success: true }, 'PASS'],
    [{ success: false }, 'FAIL'],
    [{ success: false, severity: 'WARN' }, 'WARN'],
    [{ success: true, severity: 'warn' }, 'PASS'],
  ])('%j is %s', (parts, status) => {
    const { checks } = mapped(
      runEvent({ inputs: [dataset('a', { inputFacets: assertions({ ...notNull, severity: null, ...parts }) })] }),
    )
    expect(checks[0]?.check.status).toBe(status)
  })

  it('are found wherever clients put them, and count once', () => {
    const both = { facets: assertions(notNull), inputFacets: assertions(notNull) }
    expect(mapped(runEvent({ inputs: [dataset('a', both)] })).checks).toHaveLength(1)
    expect(mapped(runEvent({ outputs: [dataset('a', { outputFacets: assertions(notNull) })] })).checks).toHaveLength(1)
    expect(
      mapped({ eventTime: '2024-05-01T12:00:00Z', dataset: dataset('a', { facets: assertions(notNull) }) }).checks,
    ).toMatchObject([{ runId: null, jobName: null }])
  })

  it('have the given name, and keep the facet where it has more', () => {
    const named = { ...notNull, name: 'orders have ids', content: 'select 1', description: 'No order without id' }
    const { checks, runs } = mapped(runEvent({ inputs: [dataset('a', { inputFacets: assertions(named) })] }))
    expect(checks[0]?.check).toMatchObject({ name: 'orders have ids', message: 'No order without id' })
    expect(runs[0]?.metadata[`dataQualityAssertions:${keyOfTable('a')}`]).toContain('select 1')
  })
})

describe('tests of a run', () => {
  const test = facet({
    tests: [
      { name: 'singular', status: 'fail', severity: 'warn' },
      { name: 'other', status: 'skip' },
    ],
  })
  const run = { runId, facets: { test } }

  it('are checks of the dataset where the run names one', () => {
    const { checks, runs } = mapped(runEvent({ run, inputs: [dataset('a')] }))
    expect(checks.map(({ key, check }) => [key, check.name, check.status])).toEqual([
      [keyOfTable('a'), 'singular', 'WARN'],
      [keyOfTable('a'), 'other', 'SKIPPED'],
    ])
    expect(runs[0]?.metadata).toEqual({})
  })

  it('are metadata of the run where it names none or several', () => {
    for (const inputs of [[], [dataset('a'), dataset('b')]]) {
      const { checks, runs } = mapped(runEvent({ run, inputs }))
      expect(checks).toEqual([])
      expect(runs[0]?.metadata['test']).toContain('singular')
    }
  })
})
