import { expect, it } from 'vitest'
import { CliError } from '../../../src/cli-error.ts'
import { untilFolded } from '../../../src/dlq/resolving/until-folded.ts'

function waiting(...answers: readonly (CliError | undefined)[]) {
  const waits: unknown[] = []
  const api = {
    assets: async ({ timeoutMs }: Readonly<Record<string, unknown>>) => {
      const error = answers[waits.push(timeoutMs) - 1]
      if (error !== undefined) throw error
      return {
        items: [],
        nextCursor: null,
        facets: { total: 0, platforms: [] },
        position: '',
        lagMs: null,
        completeness: { complete: true, missingRecords: 0, gaps: [] },
      }
    },
  }
  return { waits, until: (timeoutMs: number) => untilFolded(api, 't:0:1', timeoutMs) }
}
const late = new CliError('REFUSED', 'not folded within timeoutMs (POSITION_NOT_REACHED)')

it('waits in several requests, no longer than the timeout', async () => {
  const { waits, until } = waiting(late, late, late)
  expect(await until(65_000)).toEqual({ kind: 'late' })
  expect(waits).toEqual([30_000, 30_000, 5_000])
})

it('ends when the position is folded', async () => {
  const { waits, until } = waiting(late, undefined)
  expect(await until(65_000)).toEqual({ kind: 'reached' })
  expect(waits).toHaveLength(2)
})

it('does not wait for an API that does not answer', async () => {
  const { until } = waiting(new CliError('NOT_REACHABLE', 'The API does not answer'))
  expect(await until(65_000)).toEqual({ kind: 'unknown', reason: 'The API does not answer' })
})
