import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { readStackState, type StackState } from '@headwater/local'
import { eventually } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portVariables } from '../../src/stack/stack-ports.ts'
import { headwaterHome } from '../headwater-home.ts'
import { runHeadwater } from '../run-headwater.ts'
import { commandLines, processesOf } from './processes-of.ts'

const { home, env, headwater, end } = await headwaterHome('headwater up ')

beforeAll(async () => expect(await headwater(['up', '--detach'])).toMatchObject({ code: 0 }))
afterAll(end)

async function runningState(): Promise<StackState> {
  const state = await readStackState(home)
  if (state === undefined) throw new Error('no stack runs')
  return state
}

describe('a stack started in the background', () => {
  it('is found by a second start, which prints its address', async () => {
    const { code, stdout, stderr } = await headwater(['up'])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining(`http://127.0.0.1:${env['API_PORT']}`),
    })
    expect(stderr).toContain('nothing was started')
  })

  it('is found by a second start with a demo, which repeats neither the start nor the demo', async () => {
    const { code, stdout } = await headwater(['up', '--detach', '--demo'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.not.stringContaining('Three teams') })
    expect(await headwater(['assets', '--json'])).toMatchObject({ stdout: expect.stringContaining('"items":[]') })
  })

  it('cannot be started twice from another home: every taken port is named with its variable', async () => {
    const { code, stderr } = await runHeadwater(['up', '--detach'], { ...env, HEADWATER_HOME: `${home}/other` })
    expect(code).toBe(1)
    for (const name of portVariables) expect(stderr).toContain(`set ${name} to another port`)
  })

  it('shows what was emitted, at the position that was printed', async () => {
    const event = {
      type: 'MaterializationEvent',
      job: 'shop/load',
      inputs: ['s3://lake/raw'],
      outputs: ['s3://lake/orders'],
    }
    const emitted = await headwater(['emit'], JSON.stringify(event))
    expect(emitted).toMatchObject({ code: 0, stdout: expect.stringMatching(/^headwater\.events:\d+:0\n$/) })
    const position = emitted.stdout.trim()
    const answer = await headwater(['lineage', 's3://lake/orders', '--wait', position, '--json'])
    expect(JSON.parse(answer.stdout)).toMatchObject({
      root: 's3://lake/orders',
      nodes: [{ key: 's3://lake/orders' }, { key: 's3://lake/raw' }],
      edges: [{ from: 1, to: 0, jobs: [{ jobName: 'load' }] }],
      position,
    })
    expect((await headwater(['lineage', 's3://lake/raw', '--down'])).stdout).toContain(
      '└─ ✓ s3://lake/orders  shop/load',
    )
  })

  it('accepts nothing of an input with one invalid event', async () => {
    const good = '{"type":"MaterializationEvent","job":"shop/load","outputs":["s3://lake/never"]}'
    const { code, stderr } = await headwater(['emit'], `${good}\n{"type":"MaterializationEvent"}\n`)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('event 2: job is missing') })
    expect(await headwater(['asset', 's3://lake/never'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(ASSET_NOT_FOUND)'),
    })
  })

  it('restarts a killed projector, and counts the restart', async () => {
    const projector = (await runningState()).parts.find(({ name }) => name === 'projector')
    process.kill(projector!.pid!, 'SIGKILL')
    await eventually(async () => {
      const part = (await runningState()).parts.find(({ name }) => name === 'projector')
      expect(part).toMatchObject({ state: 'ready', restarts: 1 })
      expect(part?.pid).not.toBe(projector?.pid)
    })
    const status = await headwater(['status'])
    expect(status).toMatchObject({ code: 0, stdout: expect.stringMatching(/projector +ready +\d+ +1 /) })
    expect(status.stdout).toContain('Lag: ')
  })

  it('rebuilds its tables and swaps them in, with the same answers afterwards', async () => {
    const before = await headwater(['assets', '--json'])
    const { code, stdout, stderr } = await headwater(['replay'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/run_facts +1 +1 +equal\n/)
    expect(stdout).toContain('Swapped: readers read generation 1')
    const { items } = JSON.parse((await headwater(['assets', '--json'])).stdout)
    expect(items).toHaveLength(2)
    expect(items).toEqual(JSON.parse(before.stdout).items)
  })

  it('keeps the password of ClickHouse to its owner, and prints it on request only', async () => {
    const file = join(home, 'secrets', 'clickhouse-password')
    const password = readFileSync(file, 'utf8').trim()
    const modes = [home, join(home, 'secrets'), file, join(home, 'logs'), join(home, 'logs', 'clickhouse.log')]
    expect(modes.map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual(['700', '700', '600', '700', '600'])
    const [text, json] = await Promise.all([headwater(['status']), headwater(['status', '--json'])])
    expect(text.stdout).toContain('ClickHouse user: default')
    expect(JSON.parse(json.stdout)).toMatchObject({ clickhouse: { username: 'default' } })
    const [secret, secretJson] = await Promise.all(
      [[], ['--json']].map((more) => headwater(['status', '--secrets', ...more])),
    )
    expect(secret?.stdout).toContain(`CLICKHOUSE_PASSWORD=${password}`)
    expect(JSON.parse(secretJson?.stdout ?? '')).toMatchObject({ clickhouse: { username: 'default', password } })
    const written = ['logs', 'run'].flatMap((folder) =>
      readdirSync(join(home, folder)).map((name) => readFileSync(join(home, folder, name), 'utf8')),
    )
    for (const shown of [text.stdout, json.stdout, commandLines(home), ...written])
      expect(shown).not.toContain(password)
  })

  it('passes the doctor', async () => {
    const { code, stdout } = await headwater(['doctor', '--json'])
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      ...{ code: 0, ok: true },
      producers: { OPENLINEAGE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
    })
  })

  it('says so everywhere when a part keeps crashing, and runs it again when the cause is gone', async () => {
    const partNow = async () => (await runningState()).parts.find(({ name }) => name === 'api')
    const before = await partNow()
    process.kill(before!.pid!, 'SIGKILL')
    const other = createServer((_, response) => response.writeHead(500, { connection: 'close' }).end())
    await eventually(
      () =>
        new Promise<void>((done, fail) => other.once('error', fail).listen(Number(env['API_PORT']), '127.0.0.1', done)),
    )
    await eventually(async () => expect(await partNow()).toMatchObject({ state: 'failing' }), 60_000)
    const reason =
      /^api: failing since \S+Z: ended with code 1, \d+ times in a row: .*already in use.* log: .*api\.log/m
    const [status, second] = await Promise.all([headwater(['status']), headwater(['up', '--detach'])])
    expect(status).toMatchObject({ code: 1, stdout: expect.stringMatching(reason) })
    expect(second).toMatchObject({ code: 1, stdout: expect.stringMatching(reason) })
    expect(second.stdout).toContain('Headwater is NOT running in full')
    expect(readFileSync(join(home, 'logs', 'headwater.log'), 'utf8')).toMatch(
      /^\S+Z api ended with code 1, 5 times in a row: .*; it does not run, and is started again in 2 s; see /m,
    )
    await new Promise((done) => other.close(done))
    await eventually(async () => expect(await partNow()).toMatchObject({ state: 'ready' }), 90_000)
    expect(await headwater(['status'])).toMatchObject({ code: 0 })
  }, 180_000)

  it('leaves no process behind when stopped; then nothing answers', async () => {
    expect(processesOf(home)?.length ?? 1).toBeGreaterThan(0)
    expect(await headwater(['stop'])).toMatchObject({ code: 0, stdout: 'Stopped\n' })
    expect(processesOf(home) ?? []).toEqual([])
    expect(await headwater(['stop'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No stack is running') })
    expect(await headwater(['status'])).toMatchObject({ code: 1 })
    expect(await headwater(['assets'])).toMatchObject({ code: 3, stderr: expect.stringContaining('npm start') })
    expect(await headwater(['doctor'])).toMatchObject({ code: 1, stdout: expect.stringContaining('✗ Kafka') })
  })
})
