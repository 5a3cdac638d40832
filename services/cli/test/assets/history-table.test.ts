import type { Materialization } from '@headwater/api/contract'
import { expect, it } from 'vitest'
import { historyTable } from '../../src/assets/history-table.ts'
import { createStyle } from '../../src/terminal/style.ts'

const success: Materialization = {
  ...{ jobNamespace: 'shop', jobName: 'load', runId: 'r2', state: 'SUCCEEDED', by: null, error: null },
  ...{ startedAt: '2026-01-15T11:58:00.000Z', endedAt: '2026-01-15T12:00:00.000Z' },
  ...{
    lastEventAt: '2026-01-15T12:00:00.000Z',
    nominalEnd: null,
    metadata: {},
    inputs: [],
    assertion: 'run',
    metrics: {},
  },
}

it('shows the runs that wrote an asset, with the error below a failed one', () => {
  const failure: Materialization = {
    ...success,
    runId: 'r1',
    state: 'FAILED',
    startedAt: null,
    error: 'boom\n\u001b[2J',
  }
  expect(historyTable([success, failure], { style: createStyle(false), width: undefined })).toEqual([
    'State      When                  Took   Job        Run',
    'SUCCEEDED  2026-01-15 12:00 UTC  2 min  shop/load  r2',
    'FAILED     2026-01-15 12:00 UTC  -      shop/load  r1',
    '  boom \ufffd[2J',
  ])
  expect(historyTable([], { style: createStyle(false), width: undefined })).toEqual([])
})
