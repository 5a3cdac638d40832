import type { JobCard } from '@headwater/api/contract'
import { expect, it } from 'vitest'
import { jobCardText } from '../../src/jobs/job-card-text.ts'
import { createStyle } from '../../src/terminal/style.ts'

const card: JobCard = {
  ...{ jobNamespace: 'shop', jobName: 'join', jobType: 'model', description: null, owners: ['ann', 'bob'], tags: [] },
  metadata: { sql: 'select *\nfrom a' },
  runs: { UNKNOWN: 0, STARTED: 0, RUNNING: 0, SUCCEEDED: 2, ABORTED: 0, FAILED: 1 },
  lastRuns: [],
  ...{ outputs: ['s3://b'], outputCount: 3, inputs: ['s3://a'], declared: [{ output: 's3://c', inputs: [] }] },
  ...{ position: 't:0:1', lagMs: 0, completeness: { complete: true, missingRecords: 0, gaps: [] } },
}

it('shows the known facts of a job and leaves out missing ones', () => {
  const lines = jobCardText(card, { style: createStyle(false), width: undefined, when: () => '' })
  expect(lines.map((line) => line.trimEnd())).toEqual([
    'shop/join',
    '',
    '  Type          model',
    '  Owners        ann, bob',
    '  Runs          2 succeeded, 1 failed',
    '',
    'Writes',
    '  s3://b',
    '  and 2 more',
    '',
    'Reads (latest success)',
    '  s3://a',
    '',
    'Declares',
    '  s3://c  from nothing',
    '',
    'Metadata',
    '  sql  select * from a',
  ])
})
