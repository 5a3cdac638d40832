import { eventProblem, eventWithoutSecrets } from '@headwater/lineage'
import {
  CodecError,
  type Decoder,
  type EventSchemaRegistry,
  type HeadwaterEvent,
  SchemaRegistryError,
  schemaIdOf,
} from '@headwater/schemas'
import { CliError } from '../../cli-error.ts'
import { type DeadLetter, isWholeBatch } from './dead-letter.ts'
import type { LetterReading } from './letter-reading.ts'
import { readOpenLineageLetter } from './read-open-lineage-letter.ts'

type Tools = {
  readonly eventsTopic: string
  readonly decoder: Decoder
  readonly registry: Pick<EventSchemaRegistry, 'schemaOf'>
}

/**
 * Reads a dead letter as the projector of this version would, or as the gateway would if it is not from the log.
 * @throws CliError NOT_REACHABLE | REFUSED when the registry does not answer for its schema
 */
export async function readLetter(letter: DeadLetter, tools: Tools): Promise<LetterReading> {
  const { position, code, reason, value } = letter
  if (isWholeBatch(letter)) return { event: undefined, problem: { code, reason } }
  if (value === undefined) return { event: undefined, problem: { code, reason: 'Its bytes are in the log only' } }
  if (code === 'EMPTY') return { event: undefined, problem: { code, reason: 'The record has no value' } }
  return position.topic === tools.eventsTopic ? readRecord(value, tools) : readOpenLineageLetter(value)
}

async function readRecord(value: Buffer, { decoder, registry }: Tools): Promise<LetterReading> {
  try {
    const schemaId = schemaIdOf(value)
    if (!decoder.knows(schemaId)) await learn(schemaId, decoder, registry)
    const event = decoder.decode(value)
    const reason = eventProblem(event)
    return { event: shown(event), problem: reason === undefined ? undefined : { code: 'INVALID_EVENT', reason } }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    return { event: undefined, problem: { code: error.code, reason: error.message } }
  }
}

const shown = (decoded: HeadwaterEvent) => {
  const { type, event } = eventWithoutSecrets(decoded)
  return { type, ...event }
}

async function learn(schemaId: number, decoder: Decoder, registry: Tools['registry']): Promise<void> {
  try {
    decoder.learn(schemaId, await registry.schemaOf(schemaId))
  } catch (cause) {
    if (!(cause instanceof SchemaRegistryError)) throw cause
    if (cause.code === 'SCHEMA_NOT_FOUND') decoder.refuse(schemaId, cause.message)
    else
      throw new CliError(cause.retryable ? 'NOT_REACHABLE' : 'REFUSED', `${cause.message}. Check SCHEMA_REGISTRY_URL`, {
        cause,
      })
  }
}
