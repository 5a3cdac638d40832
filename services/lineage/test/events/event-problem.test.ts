import { buildAssetEvent, noon } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { eventProblem } from '../../src/events/event-problem.ts'

const problemOf = (over: Partial<Parameters<typeof buildAssetEvent>[0]>) =>
  eventProblem(buildAssetEvent({ key: 'snowflake://org-acct', change: 'ALIASED', occurredAt: noon, ...over }))

describe('An alias event', () => {
  it.each(['ALIASED', 'UNALIASED'] as const)('may have a scheme alone as the alias of an authority: %s', (change) => {
    expect(problemOf({ change, alias: 'snowflake://', aliasSource: 'AUTHORITY' })).toBeUndefined()
  })

  it.each(['DECLARED', 'TABLE_SYMLINK', 'SYMLINK'] as const)(
    'needs a whole key as the alias when its source is %s',
    (aliasSource) => {
      expect(problemOf({ alias: 'snowflake://', aliasSource })).toMatch('nothing after its scheme')
      expect(problemOf({ alias: 'snowflake://other', aliasSource })).toBeUndefined()
    },
  )

  it('does not accept a scheme alone as its asset', () => {
    const alias = 'snowflake://org-acct'
    expect(problemOf({ key: 'snowflake://', alias, aliasSource: 'AUTHORITY' })).toMatch('nothing after its scheme')
  })

  it('needs an alias', () => {
    expect(problemOf({ alias: null, aliasSource: 'AUTHORITY' })).toMatch('must have alias')
  })
})
