import { EventLog } from '@headwater/lineage'
import { describe, expect, it } from 'vitest'
import { guardedGateway, keyOf } from './guarded-gateway.ts'

const binding = { namespaces: ['etl'], prefixes: ['s3://raw', 'postgres://db/shop'] }
const [mine, other] = ['s3://raw/orders', 's3://finance/salaries']
const check = { name: 'rows', status: 'FAIL' }
const run = { type: 'MaterializationEvent', job: 'etl/load', inputs: [other], outputs: [mine] }
const asset = (change: object) => ({ type: 'AssetEvent', key: mine, ...change })

describe('a bound key, in native events', () => {
  it.each([
    ['a run that reads any asset', run],
    [
      'column lineage of any asset',
      {
        ...run,
        outputs: [
          { key: mine, inputs: [other], columnLineage: [{ column: 'a', inputs: [{ key: other, column: 'b' }] }] },
        ],
      },
    ],
    ['a run of any parent', { ...run, parent: { jobNamespace: 'airflow', jobName: 'dag', runId: '1' } }],
    [
      'declared lineage of its own assets',
      { type: 'JobEvent', job: 'etl/load', lineage: [{ output: mine, inputs: [other] }] },
    ],
    ['a drop', asset({ change: 'DROPPED' })],
    ['a rename', asset({ change: 'RENAMED', renamedTo: 'postgres://db/shop/public/orders' })],
    ["a tool's alias of its own assets", asset({ change: 'ALIASED', alias: 's3://raw/x', aliasSource: 'SYMLINK' })],
    ['a check', { type: 'CheckEvent', key: mine, check, jobNamespace: 'etl', jobName: 'soda', runId: '1' }],
  ])('may report %s', async (_, event) => {
    const { post, log } = await guardedGateway(keyOf(['ingest'], binding))
    expect((await post('/api/v1/events', event)).body).toBe('')
    expect(log.events).toHaveLength(1)
  })

  it.each([
    ['/job/namespace', 'a run of another namespace', { ...run, job: 'airflow/load' }],
    ['/job/namespace', 'a run of a namespace that begins alike', { ...run, job: { namespace: 'etl ', name: 'load' } }],
    [
      '/job/namespace',
      'the end of a run of another namespace',
      { ...run, job: 'airflow/load', inputs: [], outputs: [], state: 'FAILED' },
    ],
    ['/job/namespace', 'a job of another namespace', { type: 'JobEvent', job: 'airflow/load', removed: ['lineage'] }],
    [
      '/jobNamespace',
      'a check by another job',
      { type: 'CheckEvent', key: mine, check, jobNamespace: 'airflow', jobName: 'x' },
    ],
    ['/outputs/1/key', 'an output elsewhere', { ...run, outputs: [mine, other] }],
    ['/outputs/0/key', 'an output beside its prefix', { ...run, outputs: ['s3://raw-secret/x'] }],
    ['/outputs/0/key', 'an output above its prefix', { ...run, outputs: ['s3://raw/../finance/x'] }],
    ['/outputs/0/key', 'another spelling of its prefix', { ...run, outputs: ['s3a://raw/x'] }],
    [
      '/lineage/0/output',
      'declared lineage of another asset',
      { type: 'JobEvent', job: 'etl/load', lineage: [{ output: other, inputs: [mine] }] },
    ],
    ['/key', 'a check of another asset', { type: 'CheckEvent', key: other, check }],
    ['/key', 'owners of another asset', asset({ key: other, change: 'OWNED', owners: ['eve'] })],
    [
      '/key',
      'facts of another asset',
      asset({ key: other, change: 'STATED', owners: ['eve'], metadata: { owner: 'eve' } }),
    ],
    [
      '/key',
      'a description of another asset',
      asset({ key: other, change: 'DESCRIBED', properties: { description: 'x' } }),
    ],
    ['/key', 'tags of another asset', asset({ key: other, change: 'TAGGED', tags: [] })],
    ['/key', 'a policy of another asset', asset({ key: other, change: 'POLICY_SET', policy: null })],
    ['/key', 'the drop of another asset', asset({ key: other, change: 'DROPPED' })],
    ['/key', 'the rename of another asset to its own', asset({ key: other, change: 'RENAMED', renamedTo: mine })],
    ['/renamedTo', 'a rename to elsewhere', asset({ change: 'RENAMED', renamedTo: other })],
    ['/alias', "a tool's alias elsewhere", asset({ change: 'ALIASED', alias: other, aliasSource: 'TABLE_SYMLINK' })],
    [
      '/key',
      "a tool's alias from elsewhere",
      asset({ key: other, change: 'ALIASED', alias: mine, aliasSource: 'SYMLINK' }),
    ],
    [
      '/alias',
      "the removal of a tool's alias elsewhere",
      asset({ change: 'UNALIASED', alias: other, aliasSource: 'SYMLINK' }),
    ],
  ])('is refused at %s: %s', async (pointer, _, event) => {
    const { post, log, app } = await guardedGateway(keyOf(['ingest'], binding))
    const answer = await post('/api/v1/events', event)
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'outside_binding',
      ...binding,
      errors: [{ pointer }],
    })
    expect(answer.json().detail).toMatch(
      /which key abcdef12 \(airflow\) may not: it is bound to jobs in etl, and assets under s3/,
    )
    expect(answer.headers['www-authenticate']).toBeUndefined()
    expect(log.events).toEqual([])
    expect((await app.inject('/metrics')).body).toContain(
      'headwater_access_refused_total{reason="outside_binding"} 1\n',
    )
    const { statusCode } = await (await guardedGateway(keyOf(['ingest']))).post('/api/v1/events', event)
    expect(statusCode).toBe(201)
  })

  it('keeps what a run states of an asset that it reads elsewhere as metadata of the run', async () => {
    const { post, log } = await guardedGateway(keyOf(['ingest'], binding))
    const properties = { name: 'Salaries', owners: ['eve'] }
    await post('/api/v1/events', {
      ...run,
      inputs: [
        { key: other, properties },
        { key: mine, properties },
      ],
    })
    expect(log.events[0]?.event).toMatchObject({
      inputs: [
        { key: other, properties: null },
        { key: mine, properties },
      ],
      metadata: {
        [`stated:${other}`]: JSON.stringify({
          properties: { name: 'Salaries', owners: ['eve'] },
        }),
      },
    })
  })

  it('is not limited in assets without prefixes', async () => {
    const { post } = await guardedGateway(keyOf(['ingest'], { namespaces: ['etl'], prefixes: undefined }))
    expect((await post('/api/v1/events', { ...run, outputs: [other] })).statusCode).toBe(201)
    expect((await post('/api/v1/events', asset({ key: other, change: 'DROPPED' }))).statusCode).toBe(201)
    expect((await post('/api/v1/events', { ...run, job: 'airflow/load' })).statusCode).toBe(403)
  })

  it('names every key and namespace that is outside, once', async () => {
    const { post } = await guardedGateway(keyOf(['ingest'], binding))
    const { errors, detail } = (
      await post('/api/v1/events', { ...run, job: 'x/y', outputs: [other, 's3://b/c', other] })
    ).json()
    expect(errors).toHaveLength(3)
    expect(detail).toMatch(/^The event reports a job of the namespace x \(and 2 more\), which key/)
  })
})

const facets = {
  schema: { fields: [{ name: 'id', type: 'int' }] },
  ownership: { owners: [{ name: 'eve' }] },
  symlinks: { identifiers: [{ namespace: 'hive://m:9083', name: 'db.t', type: 'TABLE' }] },
  custom: { _producer: 'x', level: 3 },
}
const lineage = (parts: object) => ({
  eventTime: '2026-01-15T12:00:00.000Z',
  eventType: 'COMPLETE',
  producer: 'https://example.org/test',
  run: { runId: '01890f3c-5b1e-7c3a-8f00-000000000001' },
  job: { namespace: 'etl', name: 'load' },
  ...parts,
})
const raw = { namespace: 's3://raw', name: 'orders' }
const finance = { namespace: 's3://finance', name: 'salaries' }

describe('a bound key, in OpenLineage events', () => {
  it('may report a run that describes its inputs, and describes no asset elsewhere by it', async () => {
    const { post, log } = await guardedGateway(keyOf(['ingest'], binding))
    const answer = await post('/api/v1/lineage', lineage({ inputs: [{ ...finance, facets }], outputs: [raw] }))
    expect(answer.body).toBe('')
    expect(log.events.map(({ type }) => type)).toEqual(['MaterializationEvent'])
    const { metadata, inputs } = (log.events[0]?.event ?? {}) as { metadata: Record<string, string>; inputs: object[] }
    expect(inputs).toEqual([{ key: other, properties: null }])
    expect(JSON.parse(metadata[`stated:${other}`] ?? '')).toEqual({
      schema: [{ name: 'id', type: 'int' }],
      owners: ['eve'],
      metadata: { custom: expect.objectContaining({ level: 3 }) },
      aliases: ['hive://m/db/t'],
    })
  })

  it('may describe more inputs than one event can hold', async () => {
    const fields = Array.from({ length: 200 }, (_, at) => ({ name: `column_${at}`, type: 'varchar(255)' }))
    const inputs = Array.from({ length: 300 }, (_, at) => ({
      ...finance,
      name: `t${at}`,
      facets: { schema: { fields } },
    }))
    const { post, log } = await guardedGateway(keyOf(['ingest'], binding))
    expect((await post('/api/v1/lineage', lineage({ inputs, outputs: [raw] }))).body).toBe('')
    const sizes = log.events.map((event) => Buffer.byteLength(JSON.stringify(event)))
    expect(Math.max(...sizes)).toBeLessThan(500_000)
    const [run] = new EventLog(log.events.map((event) => ({ event, recordedAt: 1 }))).runs()
    expect(Object.keys(run?.metadata ?? {}).filter((name) => name.startsWith('stated:'))).toHaveLength(300)
    expect(run?.inputs.size).toBe(300)
    expect(new Set(log.events.map(({ event }) => event.eventId)).size).toBe(log.events.length)
  })

  it('may describe inputs of a job outside its runs', async () => {
    const { post, log } = await guardedGateway(keyOf(['ingest'], binding))
    const { run: _, eventType: __, ...job } = lineage({ inputs: [{ ...finance, facets }], outputs: [raw] })
    expect((await post('/api/v1/lineage', job)).body).toBe('')
    expect(log.events).toMatchObject([
      { type: 'JobEvent', event: { metadata: { [`stated:${other}`]: expect.any(String) } } },
    ])
  })

  it('describes assets under its prefixes as any key', async () => {
    const input = { namespace: 's3://raw', name: 'customers', facets: { ...facets, symlinks: {} } }
    const event = lineage({ inputs: [input], outputs: [raw] })
    const [bound, unbound] = [await guardedGateway(keyOf(['ingest'], binding)), await guardedGateway(keyOf(['ingest']))]
    for (const { post } of [bound, unbound]) await post('/api/v1/lineage', event)
    expect(bound.log.events).toEqual(unbound.log.events)
    expect(bound.log.events).toHaveLength(2)
  })

  it.each([
    ['an output elsewhere', { outputs: [finance] }, `writes ${other}`],
    ['another name of its output, elsewhere', { outputs: [{ ...raw, facets }] }, 'reports ALIASED of hive://m/db/t'],
    [
      'a job of another namespace',
      { job: { namespace: 'airflow', name: 'x' } },
      'reports a job of the namespace airflow',
    ],
    [
      'a check of an input elsewhere',
      {
        inputs: [
          { ...finance, inputFacets: { dataQualityAssertions: { assertions: [{ assertion: 'a', success: false }] } } },
        ],
      },
      `reports a check of ${other}`,
    ],
    [
      'the drop of an asset elsewhere',
      { outputs: [{ ...finance, facets: { lifecycleStateChange: { lifecycleStateChange: 'DROP' } } }] },
      `reports DROPPED of ${other}`,
    ],
    [
      'the rename of an asset elsewhere',
      {
        outputs: [
          { ...raw, facets: { lifecycleStateChange: { lifecycleStateChange: 'RENAME', previousIdentifier: finance } } },
        ],
      },
      `reports RENAMED of ${other}`,
    ],
    [
      'lineage of an asset elsewhere',
      {
        run: {
          runId: '01890f3c-5b1e-7c3a-8f00-000000000001',
          facets: { lineage: { entries: [{ ...finance, type: 'DATASET', inputs: [{ ...raw, type: 'DATASET' }] }] } },
        },
      },
      `writes ${other}`,
    ],
  ])('is refused %s', async (_, parts, detail) => {
    const { post, log } = await guardedGateway(keyOf(['ingest'], binding))
    for (const answer of [await post('/api/v1/lineage', lineage(parts))]) {
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toMatchObject({
        reason: 'outside_binding',
        errors: [{ pointer: '', detail: `The event ${detail}` }],
      })
    }
    const batch = await post('/api/v1/lineage/batch', [lineage(parts), lineage({ outputs: [raw] })])
    expect(batch.json()).toMatchObject({ summary: { failed: 1, successful: 1 }, failed_events: [{ index: 0 }] })
    expect(log.events).toHaveLength(1)
  })

  it('needs the namespace of a dataset whose lineage it declares outside of runs', async () => {
    const inputFields = [{ ...finance, field: 'id' }]
    const dataset = { ...raw, facets: { columnLineage: { fields: { id: { inputFields } } } } }
    const event = { eventTime: '2026-01-15T12:00:00Z', producer: 'x', dataset }
    const statusWith = async (...namespaces: readonly string[]) => {
      const { post } = await guardedGateway(keyOf(['ingest'], { ...binding, namespaces }))
      return (await post('/api/v1/lineage', event)).statusCode
    }
    expect(await statusWith('etl')).toBe(403)
    expect(await statusWith('etl', 's3://raw')).toBe(201)
  })

  it('is refused a dataset elsewhere, described outside of runs', async () => {
    const { post, log } = await guardedGateway(keyOf(['ingest'], binding))
    const event = { eventTime: '2026-01-15T12:00:00Z', producer: 'x', dataset: { ...finance, facets } }
    expect((await post('/api/v1/lineage', event)).statusCode).toBe(403)
    expect(log.events).toEqual([])
  })
})
