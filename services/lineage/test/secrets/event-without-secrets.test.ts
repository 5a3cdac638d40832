import { assetEventDefaults, type HeadwaterEvent } from '@headwater/schemas'
import { describe, expect, it } from 'vitest'
import { eventWithoutSecrets, keyWithoutSecrets } from '../../src/index.ts'

const secret = 'q9Zx7Wm2Kp4T'
const key = `postgres://bob:${secret}@host/db/t`
const text = `connect to postgres://bob:${secret}@host failed, password=${secret}`
const run = { jobNamespace: text, jobName: text, runId: text }

const properties = { name: text, description: text, url: `https://h/?token=${secret}`, owners: [text] }
const materialization: HeadwaterEvent = {
  type: 'MaterializationEvent',
  event: {
    ...{ eventId: 'e', occurredAt: 1, producer: text, runId: `run password=${secret}`, state: 'FAILED' },
    ...{ startedAt: 1, nominalStart: null, nominalEnd: null, parent: run, root: run, by: text, error: text },
    job: { namespace: text, name: text, type: text },
    inputs: [{ key, properties }],
    outputs: [
      {
        ...{ key, inputs: [key], properties, metrics: { [`a ${text}`]: 1 } },
        metadata: { password: JSON.stringify(secret), plain: text, 'db.token': secret },
        schema: [{ name: 'password', type: 'VARCHAR', description: text }],
        columnLineage: [
          {
            column: 'password',
            inputs: [{ key, column: 'token', transformation: text, kind: null, masking: null, description: text }],
          },
        ],
        checks: [
          { name: text, column: null, severity: 'ERROR', status: 'FAIL', expected: text, actual: text, message: text },
        ],
      },
    ],
    metadata: { spark: JSON.stringify({ 'a.secret.key': secret, total_tokens: 512 }), [`x:${key}`]: '1' },
  },
}
const stated: HeadwaterEvent = {
  type: 'AssetEvent',
  event: {
    ...assetEventDefaults,
    ...{ eventId: 'e', occurredAt: 1, producer: 'p', key, change: 'STATED', alias: key, renamedTo: key },
    ...{ properties, owners: [text], tags: [text], description: text, metadata: { secret: '{"value":"x9"}' } },
  },
}
const declared: HeadwaterEvent = {
  type: 'JobEvent',
  event: {
    ...{
      eventId: 'e',
      occurredAt: 1,
      producer: 'p',
      job: { namespace: 'n', name: text, type: null },
      description: text,
    },
    ...{ owners: [text], tags: [text], metadata: {}, removed: [], lineage: [{ output: key, inputs: [key] }] },
  },
}

describe('eventWithoutSecrets', () => {
  it.each([materialization, stated, declared])(
    'leaves no secret in a $type, and a second pass changes nothing',
    (event) => {
      const masked = eventWithoutSecrets(event)
      expect(JSON.stringify(masked)).not.toContain(secret)
      expect(eventWithoutSecrets(masked)).toBe(masked)
    },
  )

  it('drops user and password from keys, and keeps names of columns, types and numbers', () => {
    const { event } = eventWithoutSecrets(materialization) as typeof materialization
    expect(event).toMatchObject({
      inputs: [{ key: 'postgres://host/db/t' }],
      outputs: [
        {
          ...{ key: 'postgres://host/db/t', inputs: ['postgres://host/db/t'] },
          metadata: { password: '"***"', 'db.token': '"***"' },
          schema: [{ name: 'password', type: 'VARCHAR' }],
        },
      ],
      metadata: { spark: '{"a.secret.key":"***","total_tokens":512}' },
    })
  })
})

describe('keyWithoutSecrets', () => {
  it.each([
    ['postgres://bob:x@host/db/t', 'postgres://host/db/t'],
    ['redis://:x@host/0', 'redis://host/0'],
    ['postgres://bob:p@ss@host/db', 'postgres://host/db'],
    ['https://ghp_abcdefghijklmnopqrstuvwxyz0123@github.com/a/b', 'https://github.com/a/b'],
    ['postgres://bob@host/db', 'postgres://bob@host/db'],
    ['abfss://container@account/path', 'abfss://container@account/path'],
    ['s3://bucket/a@b:c', 's3://bucket/a@b:c'],
    ['mssql://host;password=x/db', 'mssql://host;password=***'],
  ])('%s is %s', (key, expected) => {
    expect(keyWithoutSecrets(key)).toBe(expected)
    expect(keyWithoutSecrets(expected)).toBe(expected)
  })
})
