import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { answered, testServer } from '../../helpers/test-server.ts'

const job = fileURLToPath(new URL('../../helpers/http-job-that-exits.ts', import.meta.url))

/** Runs the job in its own process; rejects where it does not end by itself with code 0. */
function run(url: string) {
  return promisify(execFile)(process.execPath, ['--conditions=source', '--import', 'tsx', job, url], {
    timeout: 40_000,
  })
}

test('a process that does not call close() ends by itself and delivers its events', { timeout: 50_000 }, async () => {
  const server = await testServer((response) => answered(response, 201))
  const { stdout, stderr } = await run(server.url)
  expect([stdout, stderr]).toEqual(['job done', ''])
  expect(server.requests.map(({ body }) => body)).toMatchObject([[{ state: 'SUCCEEDED' }]])
})

test('with the gateway unavailable it ends too and reports what was not delivered', { timeout: 50_000 }, async () => {
  const { stdout, stderr } = await run('http://127.0.0.1:9')
  expect(stdout).toBe('job done')
  expect(stderr).toContain('[TRANSPORT_AWAY] HeadwaterWarning: Lineage cannot be delivered')
  expect(stderr).toContain('1 lineage events were not delivered')
})
