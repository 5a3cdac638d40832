import { describe, expect, it } from 'vitest'
import { jobNames } from '../../src/jobs/job-names.ts'

describe('the jobs that namespace/name may identify', () => {
  it.each([
    ['shop/join', ['shop|join']],
    [
      'spark://host:7077/load/orders',
      [
        'spark://host:7077/load|orders',
        'spark://host:7077|load/orders',
        'spark:/|host:7077/load/orders',
        'spark:|/host:7077/load/orders',
      ],
    ],
    ['join', []],
    ['/join', []],
    ['shop/', []],
  ])('of %s part it at each slash, the last first', (text, expected) => {
    expect(jobNames(text).map(({ jobNamespace, jobName }) => `${jobNamespace}|${jobName}`)).toEqual(expected)
  })
})
