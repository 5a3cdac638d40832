import { type LogRecord, recordedTimeOf, retryHeaders } from '@headwater/kafka'
import { type Erasure, erasedEvent } from '@headwater/lineage'
import {
  CodecError,
  createDecoder,
  type EventSchemaRegistry,
  encodeEvent,
  type HeadwaterEvent,
  messageKey,
  type SchemaIds,
  SchemaRegistryError,
  schemaIdOf,
} from '@headwater/schemas'
import type { Message } from 'kafkajs'

/** What happened to the records: those read are unchanged, changed or left out. */
export type CopyCounts = { read: number; unchanged: number; changed: number; leftOut: number }

export const countsOf = (): CopyCounts => ({ read: 0, unchanged: 0, changed: 0, leftOut: 0 })

export type Copying = { readonly erasure: Erasure; readonly registry: EventSchemaRegistry; readonly topic: string }

/**
 * Makes the messages of the copy of records, and counts them. A record is copied byte for byte unless something of it is erased. One that
 * cannot be decoded is copied too, as the dead letter that it is, unless its bytes have what is erased: then it is left out.
 */
export function copiedRecords({ erasure, registry, topic }: Copying) {
  const decoder = createDecoder()
  let ids: SchemaIds | undefined

  async function eventIn(value: Buffer): Promise<HeadwaterEvent | undefined> {
    try {
      const schemaId = schemaIdOf(value)
      if (!decoder.knows(schemaId)) decoder.learn(schemaId, await registry.schemaOf(schemaId))
      return decoder.decode(value)
    } catch (error) {
      const isUnknown = error instanceof SchemaRegistryError && error.code === 'SCHEMA_NOT_FOUND'
      if (error instanceof CodecError || isUnknown) return undefined
      throw error
    }
  }

  async function changeOf(record: LogRecord): Promise<Message | 'unchanged' | 'leftOut'> {
    const { value } = record
    const event = value === null ? undefined : await eventIn(value)
    if (event === undefined) return hasErased(record, erasure) ? 'leftOut' : 'unchanged'
    const erased = erasedEvent(event, erasure)
    if (erased === undefined) return 'leftOut'
    if (erased === event && !hasErasedKey(record, erasure)) return 'unchanged'
    ids ??= await registry.register(topic)
    return { key: messageKey(erased), value: encodeEvent(erased, ids) }
  }

  return async (records: readonly LogRecord[], counts: CopyCounts): Promise<readonly Message[]> => {
    const messages: Message[] = []
    for (const record of records) {
      const change = await changeOf(record)
      counts.read++
      if (change === 'leftOut') counts.leftOut++
      else {
        const [{ partition, key, value }, headers] = [
          record,
          retryHeaders({ of: undefined, recordedAt: recordedTimeOf(record) }),
        ]
        if (change === 'unchanged') counts.unchanged++
        else counts.changed++
        messages.push({ partition, headers, ...(change === 'unchanged' ? { key, value } : change) })
      }
    }
    return messages
  }
}

const hasErased = ({ key, value }: LogRecord, { assets, texts }: Erasure): boolean =>
  [...assets, ...texts].some((each) => value?.includes(each) === true || key?.includes(each) === true)

const hasErasedKey = ({ key }: LogRecord, { assets, texts }: Erasure): boolean =>
  key !== null && [...assets, ...texts].some((each) => key.includes(each))
