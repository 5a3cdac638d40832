import { createDecoder, eventSchemas, SchemaRegistryError } from '@headwater/schemas'
import { buildMaterialization, recordsOf } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { learnSchema, type SchemaLookup } from '../../src/fold/learn-schema.ts'

const records = recordsOf([buildMaterialization({ outputs: ['s3://o'] })])
const away = () => Promise.reject(new SchemaRegistryError('REGISTRY_UNAVAILABLE', 'away'))
const unknown = () => Promise.reject(new SchemaRegistryError('SCHEMA_NOT_FOUND', 'Schema id 1 is not in the registry'))
const learn = (registry: SchemaLookup, decoder = createDecoder()) => learnSchema(1, decoder, registry, 'events')

describe('learning a schema', () => {
  it('makes records with its id readable', async () => {
    const decoder = createDecoder()
    await learn({ schemaOf: async () => eventSchemas.MaterializationEvent, hasTopic: away }, decoder)
    expect(decoder.decode(records[0]?.value as Buffer).type).toBe('MaterializationEvent')
  })

  it('does not turn records into dead letters while the registry is unavailable', async () => {
    const decoder = createDecoder()
    await expect(learn({ schemaOf: away, hasTopic: away }, decoder)).rejects.toMatchObject({ retryable: true })
    expect(decoder.knows(1)).toBe(false)
  })

  it('refuses an id that a working registry does not have', async () => {
    const decoder = createDecoder()
    await learn({ schemaOf: unknown, hasTopic: async () => true }, decoder)
    expect(() => decoder.decode(records[0]?.value as Buffer)).toThrow('Schema id 1 is not in the registry')
  })

  it('stops when the registry has lost the topic', async () => {
    await expect(learn({ schemaOf: unknown, hasTopic: async () => false })).rejects.toMatchObject({
      code: 'REGISTRY_LOST',
      retryable: false,
    })
  })
})
