import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectSchemaRegistry } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildMaterialization,
  createTestDatabase,
  createTestTopic,
  eventually,
  ProjectorProcess,
  sendEvents,
  sendRecords,
  type TestDatabase,
  tableContents,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHeadwater } from '../run-headwater.ts'
import { startApi } from '../start-api.ts'
import { startHidingRegistry } from './hiding-registry.ts'

// Records are refused, the cause is fixed, and they are retried. The tests depend on the ones before them.

const cleanups: (() => Promise<unknown>)[] = []
const env: NodeJS.ProcessEnv = {}
let topic: string
let database: TestDatabase
let registry: Awaited<ReturnType<typeof startHidingRegistry>>
let projector: ProjectorProcess
let garbage: string

const headwater = (...args: readonly string[]) => runHeadwater(['dlq', ...args], env)
const json = async (...args: readonly string[]) => JSON.parse((await headwater(...args, '--json')).stdout)
const runs = 6

function projectorOf(
  { database: into }: TestDatabase,
  deadLetters: string,
  schemaRegistryUrl: string,
): ProjectorProcess {
  const stack = { ...testStack(), schemaRegistryUrl }
  const made = new ProjectorProcess({ stack, topic, deadLetters, database: into, groupId: uniqueName('group') })
  cleanups.push(() => made.end('SIGKILL'))
  made.start()
  return made
}

async function newDatabase(): Promise<TestDatabase> {
  const made = await createTestDatabase()
  cleanups.push(made.drop)
  return made
}

beforeAll(async () => {
  topic = await createTestTopic(2)
  database = await newDatabase()
  registry = await startHidingRegistry(testStack().schemaRegistryUrl)
  cleanups.push(registry.stop)
  const ids = await connectSchemaRegistry({ url: testStack().schemaRegistryUrl }).register(topic)
  registry.hidden.add(ids.MaterializationEvent)
  const home = await mkdtemp(join(tmpdir(), 'headwater-dlq-'))
  cleanups.push(() => rm(home, { recursive: true, force: true }))
  Object.assign(env, {
    PATH: process.env['PATH'],
    USER: 'ann',
    HEADWATER_HOME: home,
    KAFKA_BROKERS: testStack().kafkaBrokers,
    SCHEMA_REGISTRY_URL: registry.url,
    PROJECTOR_TOPIC: topic,
    PROJECTOR_DEAD_LETTERS_TOPIC: `${topic}.dead`,
  })
}, 60_000)

afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

describe('dead letters on the command line', () => {
  it('do not exist before a projector ran, nor while nothing was refused', async () => {
    expect(await headwater('list')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Topic ${topic}.dead not found`),
    })
    projector = projectorOf(database, `${topic}.dead`, registry.url)
    await eventually(async () => {
      expect(await headwater('list')).toMatchObject({ code: 0, stderr: 'No open dead letters\n' })
    }, 60_000)
    const api = await startApi(database.database)
    cleanups.push(api.stop)
    env['HEADWATER_API_URL'] = api.url
  }, 120_000)

  it('are listed with position, code and reason', async () => {
    await sendEvents(topic, [buildAssetEvent({ key: 's3://lake/x', change: 'TAGGED', tags: ['a'] })])
    await sendEvents(
      topic,
      Array.from({ length: runs }, (_, n) =>
        buildMaterialization({ inputs: ['s3://in'], outputs: [`s3://out/${n % 2}`] }),
      ),
    )
    garbage = (await sendRecords(topic, [{ key: 'who', value: Buffer.from('not\u001b[2J avro'), partition: 1 }]))[0]!
    await eventually(async () => expect((await json('list')).total).toBe(runs + 1), 60_000)

    const list = await json('list', '--limit', '2')
    expect(list).toMatchObject({ total: runs + 1, more: runs - 1, open: runs + 1, all: runs + 1 })
    expect(await json('list', '--code', 'NOT_FRAMED')).toMatchObject({
      items: [{ position: garbage, code: 'NOT_FRAMED', key: 'who', size: 12, retryOf: null, resolution: null }],
    })
    const { stdout, stderr } = await headwater('list', '--limit', '3')
    expect(stdout).toMatch(/^Position +Refused +Code +State +Reason\n/)
    expect(stderr).toContain(`The latest 3 of ${runs + 1}; list more with --limit`)
    expect(stderr).toContain(`Open by code: UNKNOWN_SCHEMA ${runs}, NOT_FRAMED 1`)
  }, 120_000)

  it('are shown with every detail, printable, and as raw bytes', async () => {
    const { stdout } = await headwater('show', garbage)
    expect(stdout).toContain(`NOT_FRAMED ${garbage}`)
    expect(stdout).toContain('would be refused again, NOT_FRAMED')
    expect(stdout).toContain('6e 6f 74 1b 5b 32 4a 20 61 76 72 6f')
    expect(stdout).not.toContain('\u001b')
    expect((await headwater('show', garbage, '--raw')).stdout).toBe('not\u001b[2J avro')
  })

  it('are not found at other positions, and the error says what to do', async () => {
    const near = garbage.replace(/\d+$/, '99')
    expect(await headwater('show', near)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`the nearest is at ${garbage}`),
    })
    expect(await headwater('show', 'somewhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Invalid position'),
    })
    expect(await headwater('retry')).toMatchObject({ code: 2, stderr: expect.stringContaining('--all') })
    expect(await headwater('retry', garbage, '--all')).toMatchObject({ code: 2 })
    const away = await runHeadwater(['dlq', 'list'], { ...env, KAFKA_BROKERS: '127.0.0.1:1' })
    expect(away).toMatchObject({ code: 3, stderr: expect.stringMatching(/^headwater: [^\n]*KAFKA_BROKERS\n$/) })
  }, 120_000)

  it('are refused again by a retry while the cause persists, and name the letter they retry', async () => {
    const preview = await json('retry', '--all', '--dry-run')
    expect(preview).toMatchObject({ total: runs + 1, foldable: 0 })
    const retried = await headwater('retry', garbage, '--json')
    expect(retried.code).toBe(1)
    const { items } = JSON.parse(retried.stdout)
    expect(items).toMatchObject([{ position: garbage, outcome: 'refused', code: 'NOT_FRAMED' }])
    const [again] = (await json('list', '--code', 'NOT_FRAMED')).items
    const first = await json('show', garbage)
    expect(again).toMatchObject({
      position: items[0].retriedAs,
      retryOf: garbage,
      recordedAt: first.recordedAt,
      key: 'who',
    })
    expect(first.resolution).toMatchObject({ kind: 'retried', by: 'ann', retriedAs: again.position })
    expect((await headwater('list')).stdout).toMatch(/NOT_FRAMED +refused again/)
  }, 120_000)

  it('give, once the cause is fixed and they are retried, the tables of a projector that accepted them at first', async () => {
    const reference = await newDatabase()
    const accepting = projectorOf(reference, `${topic}.reference`, testStack().schemaRegistryUrl)
    const expected = await eventually(async () => {
      const found = await tableContents(reference)
      expect(found['run_facts']).toHaveLength(runs)
      expect(found['asset_facts']).toHaveLength(1)
      return found
    }, 60_000)
    await accepting.end('SIGTERM')
    expect((await tableContents(database))['run_facts']).toEqual([])

    registry.hidden.clear()
    expect(await json('retry', '--all', '--code', 'UNKNOWN_SCHEMA', '--dry-run')).toMatchObject({ foldable: runs })
    const [letter] = (await json('list', '--code', 'UNKNOWN_SCHEMA')).items
    expect((await json('show', letter.position)).now).toMatchObject({
      foldable: true,
      event: { type: 'MaterializationEvent', inputs: [{ key: 's3://in' }] },
    })
    const retried = await headwater('retry', '--all', '--code', 'UNKNOWN_SCHEMA', '--timeout', '60')
    expect(retried).toMatchObject({ code: 0, stderr: expect.stringContaining(`Sent ${runs} again: ${runs} folded`) })
    expect(await tableContents(database)).toEqual(expected)
  }, 180_000)

  it('count once, also when a crash between sending and resolving has them sent twice', async () => {
    const expected = await tableContents(database)
    const { items } = await json('list', '--all', '--code', 'UNKNOWN_SCHEMA')
    const positions = items.map(({ position }: { position: string }) => position)
    expect(await headwater('retry', ...positions, '--timeout', '60')).toMatchObject({ code: 0 })
    expect(await tableContents(database)).toEqual(expected)
  }, 120_000)

  it('are the same after a rebuild from the log, which opens no new ones', async () => {
    const expected = await tableContents(database)
    const rebuilt = await newDatabase()
    const { open } = await json('list')
    const rebuilding = projectorOf(rebuilt, `${topic}.dead`, registry.url)
    await eventually(async () => expect(await tableContents(rebuilt)).toEqual(expected), 60_000)
    await rebuilding.end('SIGTERM')
    expect((await json('list')).open).toBe(open)
  }, 120_000)

  it('are no longer open once dropped, record who and why, and can still be retried', async () => {
    const [open] = (await json('list')).items
    expect(await headwater('drop', '--all', '--note', 'a load test')).toMatchObject({
      code: 0,
      stdout: 'Dropped 1 dead letter\n',
    })
    expect(await headwater('list')).toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('No open dead letters'),
    })
    expect((await json('show', open.position)).resolution).toMatchObject({
      kind: 'dropped',
      by: 'ann',
      note: 'a load test',
    })
    expect(await headwater('drop', open.position)).toMatchObject({ code: 0, stdout: 'Nothing to drop\n' })
    expect(await headwater('retry', open.position, '--timeout', '0', '--json')).toMatchObject({ code: 0 })
    await eventually(async () => expect((await json('list')).items).toMatchObject([{ retryOf: open.position }]), 60_000)
    await projector.end('SIGTERM')
  }, 120_000)

  it('are sent, and stay pending, when no API answers', async () => {
    const [open] = (await json('list')).items
    const unknown = await runHeadwater(['dlq', 'retry', open.position], {
      ...env,
      HEADWATER_API_URL: 'http://127.0.0.1:1',
    })
    expect(unknown.code).toBe(1)
    expect(unknown.stdout).toContain('pending')
    expect(unknown.stderr).toMatch(/--wait \S+:1:\d+/)
  })
})
