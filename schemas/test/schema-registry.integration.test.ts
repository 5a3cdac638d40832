import { buildMaterialization, testStack, uniqueName } from '@headwater/testing'
import confluent from '@kafkajs/confluent-schema-registry'
import { describe, expect, it } from 'vitest'
import { connectSchemaRegistry, createDecoder, encodeEvent, eventSchemas } from '../src/index.ts'

const connect = () => connectSchemaRegistry({ url: testStack().schemaRegistryUrl })

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
    const registry = new confluent.SchemaRegistry({ host: testStack().schemaRegistryUrl })
    const changed = JSON.parse(eventSchemas.MaterializationEvent) as { fields: object[] }
    const registering = (fields: object[]) =>
      registry.register(
        { type: confluent.SchemaType.AVRO, schema: JSON.stringify({ ...changed, fields }) },
        { subject: `${topic}-headwater.MaterializationEvent`, compatibility: confluent.COMPATIBILITY.FULL_TRANSITIVE },
      )
    await expect(registering([...changed.fields, { name: 'mandatory', type: 'string' }])).rejects.toThrow(/ncompatible/)
    await expect(registering(changed.fields.slice(1))).rejects.toThrow(/ncompatible/)
    await expect(
      registering([...changed.fields, { name: 'extra', type: 'string', default: '' }]),
    ).resolves.toBeDefined()
  })

  it('tells an unknown id from a registry that is away', async () => {
    await expect(connect().schemaOf(2 ** 30)).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND', retryable: false })
    const away = connectSchemaRegistry({ url: 'http://127.0.0.1:9' })
    await expect(away.schemaOf(1)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', retryable: true })
  })
})
