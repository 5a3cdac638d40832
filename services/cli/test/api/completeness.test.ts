import { expect, it } from 'vitest'
import { runCli } from '../../src/run-cli.ts'
import { lineageAnswer } from '../lineage/lineage-answer.ts'
import { stubServer } from '../stub-server.ts'
import { testContext } from '../test-context.ts'

const gap = {
  topic: 'headwater.events',
  partition: 0,
  firstOffset: 3,
  lastOffset: 5,
  noticedAt: '2026-09-01T10:00:00Z',
}
const incomplete = { complete: false, missingRecords: 3, gaps: [gap] }
const lineage = lineageAnswer({ keys: ['s3://a', 's3://b'], edges: [[0, 1]] })
const page = { items: [], facets: null, nextCursor: null, position: 'headwater.events:0:9', lagMs: 5 }

async function run(body: object, ...args: readonly string[]) {
  const { baseUrl } = await stubServer({ status: 200, body })
  const { context, printed, noted } = testContext()
  expect(await runCli([...args, '--api', baseUrl], context)).toBe(0)
  return { printed, noted }
}

it.each([
  [{ ...lineage, completeness: incomplete }, ['lineage', 's3://a']],
  [{ ...page, completeness: incomplete }, ['assets']],
])('says in one line what an answer lacks', async (body, args) => {
  const line = 'Missing: 3 records of the log, deleted before they were folded (headwater.events:0:3-5)'
  expect((await run(body, ...args)).noted.filter((noted) => noted.startsWith('Missing'))).toEqual([line])
})

it('says nothing of a complete answer, nor beside JSON, nor of an API of an earlier version', async () => {
  expect((await run(lineage, 'lineage', 's3://a')).noted).toEqual([])
  expect((await run(page, 'assets')).noted).toEqual(['No assets found'])
  const { printed, noted } = await run({ ...lineage, completeness: incomplete }, 'lineage', 's3://a', '--json')
  expect(noted).toEqual([])
  expect(JSON.parse(printed.join(''))).toMatchObject({ completeness: incomplete })
})
