import { buildAssetEvent, noon } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { eventProblem } from '../../src/events/event-problem.ts'

const said = (over: Partial<Parameters<typeof buildAssetEvent>[0]>) =>
  eventProblem(buildAssetEvent({ key: 'snowflake://org-acct', change: 'ALIASED', occurredAt: noon, ...over }))

describe('an alias', () => {
  it.each(['ALIASED', 'UNALIASED'] as const)('of an authority may be a scheme alone: %s', (change) => {
    expect(said({ change, alias: 'snowflake://', aliasSource: 'AUTHORITY' })).toBeUndefined()
  })

  it.each(['DECLARED', 'TABLE_SYMLINK', 'SYMLINK'] as const)('is a whole key when it is %s', (aliasSource) => {
    expect(said({ alias: 'snowflake://', aliasSource })).toMatch('nothing after its scheme')
    expect(said({ alias: 'snowflake://other', aliasSource })).toBeUndefined()
  })

  it('never means a scheme alone', () => {
    const alias = 'snowflake://org-acct'
    expect(said({ key: 'snowflake://', alias, aliasSource: 'AUTHORITY' })).toMatch('nothing after its scheme')
  })

  it('is there', () => {
    expect(said({ alias: null, aliasSource: 'AUTHORITY' })).toMatch('empty')
  })
})
