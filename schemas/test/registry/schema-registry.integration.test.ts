import { buildMaterialization, testStack, uniqueName } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { connectSchemaRegistry, createDecoder, encodeEvent, eventSchemas } from '../../src/index.ts'

const connect = () => connectSchemaRegistry({ url: testStack().schemaRegistryUrl })

async function post(path: string, body: object, method = 'POST'): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${testStack().schemaRegistryUrl}${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  })
  return response.status
}

const levelOf = async (subject: string) =>
  ((await (await fetch(`${testStack().schemaRegistryUrl}/config/${subject}`)).json()) as { compatibilityLevel: string })
    .compatibilityLevel

describe('the schema registry', () => {
  it('gives ids by which another process finds the schemas again', async () => {
    const ids = await connect().register(uniqueName('topic'))
    const event = buildMaterialization({ outputs: ['s3://o'] })
    const decoder = createDecoder()
    decoder.learn(ids.MaterializationEvent, await connect().schemaOf(ids.MaterializationEvent))
    expect(decoder.decode(encodeEvent(event, ids))).toMatchObject({ event: { eventId: event.event.eventId } })
  })

  it('gives the same ids when registered again', async () => {
    const topic = uniqueName('topic')
    expect(await connect().register(topic)).toEqual(await connect().register(topic))
  })

  it('gives the same ids to those who register a new topic at the same time', async () => {
    for (let times = 0; times < 5; times++) {
      const topic = uniqueName('topic')
      const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => connect().register(topic)))
      for (const ids of others) expect(ids).toEqual(first)
    }
  })

  it('refuses an incompatible change of a record, and says so', async () => {
    const topic = uniqueName('topic')
    await connect().register(topic)
    const changed = JSON.parse(eventSchemas.MaterializationEvent) as { fields: object[] }
    const registering = (fields: object[]) =>
      post(`/subjects/${topic}-headwater.MaterializationEvent/versions`, {
        schema: JSON.stringify({ ...changed, fields }),
      })
    expect(await registering([...changed.fields, { name: 'mandatory', type: 'string' }])).toBe(409)
    expect(await registering(changed.fields.slice(1))).toBe(409)
    expect(await registering([...changed.fields, { name: 'extra', type: 'string', default: '' }])).toBe(200)
  })

  it('tells an unknown id from a registry that is away', async () => {
    await expect(connect().schemaOf(2 ** 30)).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND', retryable: false })
    const away = connectSchemaRegistry({ url: 'http://127.0.0.1:9' })
    await expect(away.schemaOf(1)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', retryable: true })
  })

  it('sets the compatibility of a subject that another producer registered first', async () => {
    const topic = uniqueName('topic')
    const subject = `${topic}-headwater.MaterializationEvent`
    expect(await post(`/subjects/${subject}/versions`, { schema: eventSchemas.MaterializationEvent })).toBe(200)
    expect(await post(`/config/${subject}`, { compatibility: 'NONE' }, 'PUT')).toBe(200)
    const warnings: string[] = []
    const ids = await connect().register(topic, (text) => warnings.push(text))
    expect(ids.MaterializationEvent).toBeGreaterThan(0)
    expect(await levelOf(subject)).toBe('FULL_TRANSITIVE')
    expect(warnings).toEqual([])
  })

  it('names the subject and the commands when another producer registered an incompatible schema', async () => {
    const topic = uniqueName('topic')
    const subject = `${topic}-headwater.AssetEvent`
    const other = {
      type: 'record',
      name: 'AssetEvent',
      namespace: 'headwater',
      fields: [{ name: 'x', type: 'string' }],
    }
    await post(`/subjects/${subject}/versions`, { schema: JSON.stringify(other) })
    await post(`/config/${subject}`, { compatibility: 'FULL_TRANSITIVE' }, 'PUT')
    const registering = connect().register(topic)
    await expect(registering).rejects.toMatchObject({ code: 'SCHEMA_REFUSED', retryable: false })
    await expect(registering).rejects.toThrow(
      `Subject ${subject} was refused by the registry: another producer registered a schema that this version's is not compatible with`,
    )
    await expect(registering).rejects.toThrow(
      `curl ${testStack().schemaRegistryUrl}/subjects/${subject}/versions/latest`,
    )
  })

  it('inlines the references of a schema', async () => {
    const subject = uniqueName('referenced')
    const inner = { type: 'record', name: 'Inner', namespace: 'n', fields: [{ name: 'a', type: 'string' }] }
    const outer = { type: 'record', name: 'Outer', namespace: 'n', fields: [{ name: 'inner', type: 'n.Inner' }] }
    await post(`/subjects/${subject}-inner/versions`, { schema: JSON.stringify(inner) })
    const response = await fetch(`${testStack().schemaRegistryUrl}/subjects/${subject}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        schema: JSON.stringify(outer),
        references: [{ name: 'n.Inner', subject: `${subject}-inner`, version: 1 }],
      }),
    })
    const { id } = (await response.json()) as { id: number }
    expect(JSON.parse(await connect().schemaOf(id))).toMatchObject({
      name: 'n.Outer',
      fields: [{ name: 'inner', type: { name: 'n.Inner' } }],
    })
  })
})
