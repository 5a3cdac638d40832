import type { CheckSeverity, CheckStatus, RunState } from '@headwater/schemas'
import { describe, expect, it } from 'vitest'
import { type AssetSituation, evaluateHealth } from '../../src/health/health.ts'

const check = (severity: CheckSeverity, status: CheckStatus) => ({
  name: 'not_null',
  column: 'id',
  severity,
  status,
  message: '3 nulls',
  occurredAt: 7,
})

const situation = (state: RunState | null, ...checks: AssetSituation['checks']): AssetSituation => ({
  lastEnded: state && { state, job: 'shop/load', endedAt: 5, error: null, failingSince: null },
  isWritten: state !== null,
  checks,
})

describe('Health of an asset', () => {
  it.each([
    ['FAILED', 'FAILED', 'LAST_RUN_FAILED'],
    ['ABORTED', 'FAILED', 'LAST_RUN_ABORTED'],
    ['SUCCEEDED', 'HEALTHY', 'LAST_RUN_SUCCEEDED'],
  ] as const)('a latest run that is %s makes it %s', (state, status, code) => {
    const health = evaluateHealth(situation(state))
    expect(health.status).toBe(status)
    expect(health.reasons).toEqual([expect.objectContaining({ code, since: 5 })])
  })

  it.each([
    ['ERROR', 'FAIL', 'DEGRADED'],
    ['ERROR', 'ERROR', 'DEGRADED'],
    ['ERROR', 'WARN', 'WARNING'],
    ['WARN', 'FAIL', 'WARNING'],
    ['WARN', 'ERROR', 'WARNING'],
    ['ERROR', 'PASS', 'HEALTHY'],
    ['ERROR', 'SKIPPED', 'HEALTHY'],
    ['ERROR', 'UNKNOWN', 'HEALTHY'],
  ] as const)('after a success, a check of severity %s that finds %s makes it %s', (severity, status, expected) => {
    expect(evaluateHealth(situation('SUCCEEDED', check(severity, status))).status).toBe(expected)
  })

  it('is unknown when the asset is only read', () => {
    expect(evaluateHealth(situation(null))).toMatchObject({ status: 'UNKNOWN', reasons: [{ code: 'NEVER_WRITTEN' }] })
  })

  it('is unknown when no run has ended', () => {
    const health = evaluateHealth({ lastEnded: null, isWritten: true, checks: [] })
    expect(health).toMatchObject({ status: 'UNKNOWN', reasons: [{ code: 'NEVER_ENDED' }] })
  })

  it('has every reason for a bad status, the most severe first', () => {
    const health = evaluateHealth(situation('FAILED', check('WARN', 'FAIL'), check('ERROR', 'FAIL')))
    expect(health.status).toBe('FAILED')
    expect(health.reasons.map(({ text }) => text)).toEqual([
      'The latest run, of shop/load, failed',
      'Check not_null of column id failed: 3 nulls',
      'Check not_null of column id failed: 3 nulls',
    ])
    expect(health.reasons.map(({ code }) => code)).toEqual(['LAST_RUN_FAILED', 'CHECK_FAILED', 'CHECK_FAILED'])
  })

  it('has the first line of an error', () => {
    const lastEnded = {
      state: 'FAILED',
      job: 'shop/load',
      endedAt: 9,
      error: 'disk full\n  at a.b',
      failingSince: 4,
    } as const
    const { reasons } = evaluateHealth({ lastEnded, isWritten: true, checks: [] })
    expect(reasons[0]?.text).toBe('The latest run, of shop/load, failed: disk full')
  })

  it('fails since the first failure after the latest success, with the latest error', () => {
    const lastEnded = { state: 'FAILED', job: 'shop/load', endedAt: 9, error: 'disk full', failingSince: 4 } as const
    expect(evaluateHealth({ lastEnded, isWritten: true, checks: [] }).reasons).toEqual([
      { code: 'LAST_RUN_FAILED', text: 'The latest run, of shop/load, failed: disk full', since: 4 },
    ])
  })
})
