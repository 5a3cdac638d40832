import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readStackState, startTimeOf, writeStackState } from '@headwater/local/state'
import { expect, it } from 'vitest'
import { runCli } from '../../src/run-cli.ts'
import { stubServer } from '../stub-server.ts'
import { testContext } from '../test-context.ts'

const names = ['kafka', 'registry', 'clickhouse', 'projector', 'api', 'gateway']

/** A home whose stack is this process; every HTTP part of it is one stub. */
async function homeOf(answer: Parameters<typeof stubServer>[0]) {
  const home = mkdtempSync(join(tmpdir(), 'headwater-status-'))
  const { baseUrl } = await stubServer(answer)
  await writeStackState(home, {
    pid: process.pid,
    startTime: (await startTimeOf(process.pid)) ?? 'unknown',
    ready: true,
    addresses: { kafkaBrokers: '127.0.0.1:1', schemaRegistryUrl: `${baseUrl}/registry`, clickhouseUrl: baseUrl },
    urls: { api: baseUrl, docs: `${baseUrl}/docs`, gateway: `${baseUrl}/gateway`, metrics: `${baseUrl}/metrics` },
    parts: names.map((name) => ({ name, pid: 1, state: 'ready', restarts: 0 })),
  })
  return { home, baseUrl }
}

async function statusOf(home: string, ...args: readonly string[]) {
  const { context, printed } = testContext({ HEADWATER_HOME: home })
  const code = await runCli(['status', ...args], context)
  return { code, text: printed.join('\n') }
}

const refusal = { status: 401, body: { code: 'UNAUTHENTICATED', detail: 'Authentication required' } }

it('with keys on and none set, a key is missing', async () => {
  const { home } = await homeOf(refusal)
  expect((await statusOf(home)).text).toMatch(/^Lag: unknown\. .*A key is missing: set HEADWATER_API_KEY /m)
  const json = JSON.parse((await statusOf(home, '--json')).text)
  expect(json).toMatchObject({ lag: null, lagProblem: expect.stringContaining('A key is missing') })
})

it('lists the address of every part, and of the API docs', async () => {
  const { home, baseUrl } = await homeOf({ status: 200, body: { position: 'headwater.events:0:1', lagMs: 5 } })
  const { text } = await statusOf(home)
  for (const path of ['/registry', '', '/metrics', '/gateway', '/docs']) expect(text).toContain(`${baseUrl}${path}`)
  expect(text).toContain('127.0.0.1:1')
  expect(text).toContain('Lag: 5 ms (folded up to headwater.events:0:1)')
})

it('names the records that all answers lack', async () => {
  const gap = {
    topic: 'headwater.events',
    partition: 0,
    firstOffset: 3,
    lastOffset: 5,
    noticedAt: '2026-09-01T10:00:00.000Z',
  }
  const completeness = { complete: false, missingRecords: 3, gaps: [gap] }
  const { home } = await homeOf({ status: 200, body: { position: 'headwater.events:0:9', lagMs: 5, completeness } })
  expect((await statusOf(home)).text).toContain(
    'Missing: 3 records of the log, deleted before they were folded (headwater.events:0:3-5)',
  )
  expect(JSON.parse((await statusOf(home, '--json')).text)).toMatchObject({ completeness })
})

it('says of a part that keeps crashing since when, why, when it is tried again, and where its log is', async () => {
  const { home } = await homeOf({ status: 200, body: { position: 'headwater.events:0:1', lagMs: 5 } })
  const state = await readStackState(home)
  const [since, nextTry] = ['2026-09-01T10:00:00.000Z', '2026-09-01T10:01:00.000Z']
  const why = { since, nextTry, reason: 'ended with code 1, 7 times in a row: password=hunter2 Address in use' }
  const parts = state!.parts.map((part) =>
    part.name === 'kafka' ? { ...part, state: 'failing', ...why, logFile: `${home}/logs/kafka.log` } : part,
  )
  await writeStackState(home, { ...state!, ready: false, parts })
  const { code, text } = await statusOf(home)
  expect(code).toBe(1)
  const line = `kafka: failing since ${since}: ended with code 1, 7 times in a row: password=*** Address in use; next try at ${nextTry}; log: ${home}/logs/kafka.log`
  expect(text.split('\n')).toContain(line)
  const { context, printed } = testContext({ HEADWATER_HOME: home })
  expect(await runCli(['up', '--detach'], context)).toBe(1)
  expect(printed[0]).toBe('Headwater is NOT running in full')
  expect(printed).toContain(line)
  expect(JSON.parse((await statusOf(home, '--json')).text).parts[0]).toMatchObject({ ...why, state: 'failing' })
})

it('fails while a part does not work, although its process runs', async () => {
  const { home } = await homeOf({ status: 503, body: { code: 'STORE_UNAVAILABLE', detail: 'ClickHouse is away' } })
  const { code, text } = await statusOf(home)
  expect(code).toBe(1)
  expect(text).toMatch(/^api +failing /m)
  expect(text).toMatch(/^API: .*: answers 503: ClickHouse is away$/m)
  expect(text).toMatch(/^kafka +failing /m)
})
