import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findClickHouseLogin, loginVariables } from '../../src/home/clickhouse-login.ts'
import { type Stack, type StackAddresses, startStack, startTimeOf } from '../../src/index.ts'
import { processScript } from '../../src/process/process-script.ts'

const home = mkdtempSync(join(tmpdir(), "headwater stack's home-"))
const ports = { kafka: 0, registry: 0, clickhouse: 0 }
const topic = 'kept'
let owner: ChildProcess
let pids: readonly number[]
let addresses: StackAddresses
let stack: Stack | undefined
const schemaIds: number[] = []

/** The first stack of the home belongs to a process of its own, which a test can kill. */
beforeAll(async () => {
  const runner = [
    ...processScript('index').slice(0, -1),
    fileURLToPath(new URL('./programs/stack-owner.ts', import.meta.url)),
  ]
  owner = spawn(process.execPath, [...runner, home], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(owner.stdout!, 'data')
  const started = JSON.parse(line.toString())
  addresses = started.addresses
  pids = started.pids
}, 120_000)
afterAll(async () => {
  owner?.kill('SIGKILL')
  await stack?.stop()
  rmSync(home, { recursive: true, force: true })
}, 60_000)

const kafka = () => new Kafka({ brokers: addresses.kafkaBrokers.split(','), logLevel: logLevel.NOTHING })
async function register(name: string): Promise<number> {
  const schema = JSON.stringify({ type: 'record', name, fields: [{ name: 'a', type: 'string' }] })
  const response = await fetch(`${addresses.schemaRegistryUrl}/subjects/${name}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schema }),
  })
  return ((await response.json()) as { id: number }).id
}
async function clickhouse<T>(work: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> {
  const client = createClient({
    url: addresses.clickhouseUrl,
    ...findClickHouseLogin(home, {}),
    log: { level: ClickHouseLogLevel.OFF },
  })
  return work(client).finally(() => client.close())
}
async function send(value: string): Promise<void> {
  const producer = kafka().producer({ idempotent: true })
  await producer.connect()
  await producer.send({ topic, messages: [{ value }] })
  await producer.disconnect()
}
async function received(groupId: string, howMany: number): Promise<readonly string[]> {
  const consumer = kafka().consumer({ groupId })
  const values: string[] = []
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) })
  await expect.poll(() => values.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(howMany)
  await consumer.disconnect()
  return values
}
const count = () =>
  clickhouse(async (client) => {
    const result = await client.query({ query: 'SELECT count() AS n FROM kept', format: 'JSONEachRow' })
    return (await result.json<{ n: number }>())[0]?.n
  })
const aliveOf = async (ids: readonly number[]) => {
  const times = await Promise.all(ids.map(startTimeOf))
  return ids.filter((_, index) => times[index] !== undefined)
}

test('a stack that is ready accepts events, schemas and rows', async () => {
  const admin = kafka().admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true })
  await expect(admin.fetchTopicMetadata({ topics: ['never created'] })).rejects.toThrow()
  await admin.disconnect()
  await send('one')
  schemaIds.push(await register('First'))
  await clickhouse((client) =>
    client.command({ query: 'CREATE TABLE kept ENGINE = MergeTree ORDER BY a AS SELECT 1 AS a' }),
  )
  expect(await received('readers', 1)).toEqual(['one'])
})

test('a second start in the same home names the process that runs there', async () => {
  await expect(startStack({ home, ports, env: process.env })).rejects.toMatchObject({
    code: 'ALREADY_RUNNING',
    message: expect.stringContaining(String(owner.pid)),
  })
})

test('an id just registered, an event just acknowledged and a row just stored survive the kill of all parts', async () => {
  schemaIds.push(await register('Second'))
  await send('two')
  await clickhouse((client) => client.insert({ table: 'kept', values: [{ a: 2 }], format: 'JSONEachRow' }))
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await expect.poll(count, { timeout: 30_000 }).toBe(2)
  await expect.poll(() => register('Second').catch(() => 0), { timeout: 60_000, interval: 500 }).toBe(schemaIds[1])
  expect(await received('later readers', 2)).toEqual(['one', 'two'])
  expect(await aliveOf(pids)).toEqual([])
}, 120_000)

test('the kill of the owner ends every part, and the next start takes over the home with all it holds', async () => {
  const exited = once(owner, 'exit')
  owner.kill('SIGKILL')
  await exited
  const other = await startStack({ home, ports, env: process.env })
  stack = other
  addresses = other.addresses
  expect(await count()).toBe(2)
  expect(await register('First')).toBe(schemaIds[0])
  expect((await fetch(`${addresses.schemaRegistryUrl}/schemas/ids/${schemaIds[1]}`)).status).toBe(200)
  expect(await register('Third')).toBeGreaterThan(Math.max(...schemaIds))
  expect(await received('readers after all', 2)).toEqual(['one', 'two'])
  expect(existsSync(join(home, 'logs', 'kafka.log'))).toBe(true)
}, 120_000)

test('a stopped part comes back when it is killed, and `ready` waits for that', async () => {
  const registryPart = stack!.part('registry')
  const before = registryPart.pid
  registryPart.kill('SIGKILL')
  await registryPart.ready()
  expect(registryPart.pid).not.toBe(before)
  expect(await register('First')).toBe(schemaIds[0])
}, 60_000)

test('parts given from outside are used and not started', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'headwater-external-'))
  const withLogin = { ...process.env, ...loginVariables(stack!.clickhouseLogin!) }
  const only = await startStack({ home: elsewhere, ports, external: addresses, env: withLogin })
  expect(only.parts).toEqual([])
  expect(only.addresses).toEqual(addresses)
  await only.stop()
  const nobody = { clickhouseUrl: 'http://127.0.0.1:1' }
  await expect(startStack({ home: elsewhere, ports, external: nobody, env: process.env })).rejects.toMatchObject({
    code: 'NOT_READY',
    message: expect.stringMatching(/^CLICKHOUSE_URL is set, but what it names does not answer/),
  })
  rmSync(elsewhere, { recursive: true })
})

test('the registry takes nothing from web pages, and lets nobody in beside its front', async () => {
  const subjects = `${addresses.schemaRegistryUrl}/subjects`
  expect((await fetch(subjects)).status).toBe(200)
  const foreign = { method: 'DELETE', headers: { origin: 'https://evil.example' } }
  expect((await fetch(`${subjects}/First`, foreign)).status).toBe(403)
  const log = readFileSync(join(home, 'logs', 'registry.log'), 'utf8')
  const inner = [...log.matchAll(/Listening on: (http:\/\/127\.0\.0\.1:\d+)/g)].at(-1)?.[1]
  for (const method of ['GET', 'DELETE']) {
    const answer = await fetch(`${inner}/apis/ccompat/v7/subjects${method === 'GET' ? '' : '/First'}`, { method })
    expect(answer.status).toBe(401)
  }
})

test('a taken port is named with who holds it and the variable to change', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'headwater-taken-'))
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const { clickhouseUrl: _, ...external } = addresses
  const starting = startStack({ home: elsewhere, ports: { clickhouse: port }, external, env: process.env })
  await expect(starting).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining('CLICKHOUSE_PORT'),
  })
  if (process.platform === 'linux')
    await expect(starting).rejects.toThrow(`Port ${port} is taken by process ${process.pid} (`)
  server.close()
  rmSync(elsewhere, { recursive: true })
})

test('stopping leaves no process and no claim behind', async () => {
  const ids = stack!.parts.map(({ pid }) => pid!)
  await stack!.stop()
  expect(await aliveOf(ids)).toEqual([])
  expect(existsSync(join(home, 'run', 'claim'))).toBe(false)
}, 60_000)
