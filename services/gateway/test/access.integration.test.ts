import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  changeKeysFile,
  idBytes,
  issueKey,
  type KeyRecord,
  revokeKeys,
  type Scope,
  secretBytes,
} from '@headwater/access/keys'
import { createTestTopic, eventually, GatewayProcess, testStack } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLineageRun } from './events/open-lineage-run.ts'
import { readLog } from './log/read-log.ts'

// One story: keys are made while the gateway runs, used, and revoked. The tests follow one another.

let folder: string
let gateway: GatewayProcess
let topic: string
const keys = new Map<string, string>()
const keysFile = () => join(folder, 'keys.json')

async function makeKey(scope: Scope, name: string = scope, binding: Partial<KeyRecord> = {}): Promise<void> {
  const random = randomBytes(idBytes + secretBytes)
  const wanted = { name, scopes: [scope], ...binding, lifetimeMs: undefined, now: Date.now(), random }
  const { key } = await changeKeysFile(keysFile(), (known) => issueKey(known, wanted))
  keys.set(name, key.text)
}

const post = (path: string, value: unknown, key?: string) =>
  fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    body: JSON.stringify(value),
  })
const send = (key?: string) => post('/api/v1/lineage', openLineageRun(), key)
const alias = { key: 's3://lake/orders', alias: 's3://old/orders' }

async function refused(reason: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text()
  return Number(new RegExp(`headwater_access_refused_total\\{reason="${reason}"\\} (\\d+)`).exec(text)?.[1])
}

const aliasesInLog = async () =>
  [...(await readLog(topic)).values()].filter(({ event }) => 'change' in event && event.change === 'ALIASED').length

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-access-'))
  await makeKey('ingest')
  const env = { HEADWATER_KEYS_FILE: keysFile() }
  topic = await createTestTopic()
  gateway = new GatewayProcess({ stack: testStack(), topic, env })
  await gateway.start()
}, 120_000)
afterAll(async () => {
  await gateway?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a gateway with keys', () => {
  it('refuses a request without a key and names the expected header', async () => {
    const answer = await send()
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="headwater"')
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'no_credentials' })
  })

  it('accepts events with an ingest key, also one created while it runs', async () => {
    const answer = await send(keys.get('ingest'))
    expect(answer.status).toBe(201)
    expect(answer.headers.get('headwater-position')).toMatch(/:0:\d+$/)
    await makeKey('admin')
    await makeKey('read')
    await eventually(async () => expect((await send(keys.get('read'))).status).toBe(403))
  })

  it('refuses a key without the scope of the route', async () => {
    const reader = await send(keys.get('read'))
    expect(reader.status).toBe(403)
    expect(reader.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="ingest"')
    expect((await post('/api/v1/aliases', alias, keys.get('ingest'))).status).toBe(403)
    expect((await post('/api/v1/aliases', alias, keys.get('admin'))).status).toBe(201)
  })

  it('keeps an alias of people out of the log unless the key has admin, whatever it comes with', async () => {
    const authority = {
      type: 'AssetEvent',
      key: 'clickhouse://elsewhere',
      change: 'ALIASED',
      alias: 'clickhouse://local',
    }
    const rename = { ...authority, aliasSource: 'AUTHORITY' }
    const tagged = { type: 'AssetEvent', key: 's3://lake/orders', change: 'TAGGED', tags: ['gold'] }
    const ingest = keys.get('ingest')
    const refusedAlone = await post('/api/v1/events', rename, ingest)
    expect(refusedAlone.status).toBe(403)
    expect(await refusedAlone.json()).toMatchObject({ code: 'FORBIDDEN', reason: 'missing_scope', required: 'admin' })
    const before = await aliasesInLog()
    const mixed = await post('/api/v1/events', [rename, tagged, authority, { ...rename, change: 'UNALIASED' }], ingest)
    expect(mixed.status).toBe(200)
    expect(await mixed.json()).toMatchObject({ failed_events: [{ index: 0 }, { index: 2 }, { index: 3 }] })
    expect(await aliasesInLog()).toBe(before)
    expect((await post('/api/v1/events', rename, keys.get('admin'))).status).toBe(201)
    expect(await aliasesInLog()).toBe(before + 1)
  })

  it('lets a bound key report its own namespace and prefixes only', async () => {
    await makeKey('ingest', 'bound', { namespaces: ['etl'], prefixes: ['s3://raw'] })
    const run = {
      type: 'MaterializationEvent',
      job: 'etl/load',
      inputs: ['s3://lake/orders'],
      outputs: ['s3://raw/orders'],
    }
    const report = (event: object) => post('/api/v1/events', event, keys.get('bound'))
    await eventually(async () => expect((await report(run)).status).toBe(201))
    for (const outside of [{ outputs: ['s3://raw-secret/x'] }, { job: 'airflow/load' }]) {
      const answer = await report({ ...run, ...outside })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({
        reason: 'outside_binding',
        namespaces: ['etl'],
        prefixes: ['s3://raw'],
      })
    }
    expect(await refused('outside_binding')).toBe(2)
    expect((await post('/api/v1/lineage', openLineageRun(), keys.get('bound'))).status).toBe(403)
  })

  it('refuses a revoked key within two seconds, without a restart, and counts it', async () => {
    await changeKeysFile(keysFile(), (known) => revokeKeys(known, 'ingest', Date.now()))
    const since = performance.now()
    await eventually(async () => expect((await send(keys.get('ingest'))).status).toBe(401), 10_000)
    expect(performance.now() - since).toBeLessThan(2_500)
    expect(await (await send(keys.get('ingest'))).json()).toMatchObject({ reason: 'key_revoked' })
    expect(await refused('key_revoked')).toBeGreaterThan(0)
    expect(await refused('missing_scope')).toBeGreaterThan(0)
    expect(await refused('no_credentials')).toBe(1)
  })

  it('never logs a secret', () => {
    for (const key of keys.values()) expect(gateway.output).not.toContain(key.slice(-43))
  })
})
