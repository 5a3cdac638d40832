import { CodecError, SchemaRegistryError } from '@headwater/schemas'
import kafkajs from 'kafkajs'
import { expect, test } from 'vitest'
import { kafkaFailure } from '../../../src/transports/kafka/kafka-failure.ts'

const { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError, KafkaJSSASLAuthenticationError } =
  kafkajs

const protocol = (type: string) => new KafkaJSProtocolError({ type, message: `says ${type}`, code: 1 } as never)
const retried = (cause: Error) => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 2, retryTime: 5 } as never)

test.each([
  [retried(new KafkaJSConnectionError('Connection error: connect ECONNREFUSED')), 'UNAVAILABLE', true],
  [retried(protocol('NOT_LEADER_FOR_PARTITION')), 'UNAVAILABLE', true],
  [retried(protocol('OUT_OF_ORDER_SEQUENCE_NUMBER')), 'UNAVAILABLE', true],
  [protocol('UNKNOWN_TOPIC_OR_PARTITION'), 'UNAVAILABLE', true],
  [new Error('anything'), 'UNAVAILABLE', true],
  ['no error', 'UNAVAILABLE', true],
  [new (KafkaJSSASLAuthenticationError as new (message: string) => Error)('wrong password'), 'REFUSED', false],
  [protocol('TOPIC_AUTHORIZATION_FAILED'), 'REFUSED', false],
  [new SchemaRegistryError('SCHEMA_REFUSED', 'no'), 'REFUSED', false],
  [new SchemaRegistryError('REGISTRY_UNAVAILABLE', 'away'), 'UNAVAILABLE', true],
  [protocol('MESSAGE_TOO_LARGE'), 'UNSENDABLE', false],
  [new CodecError('UNENCODABLE', 'no such field'), 'UNSENDABLE', false],
])('%s has code %s', (cause, code, retryable) => {
  expect(kafkaFailure(cause, 'events', ['kafka:9092'])).toMatchObject({ code, retryable, cause })
})

test('the message names the brokers, the topic and the reason', () => {
  const say = (cause: unknown) => kafkaFailure(cause, 'events', ['a:1', 'b:2']).message
  expect(say(new KafkaJSConnectionError('refused'))).toBe('Kafka at a:1, b:2 is not reachable: refused')
  expect(say(protocol('UNKNOWN_TOPIC_OR_PARTITION'))).toBe('Kafka topic events does not exist on a:1, b:2')
  expect(say(protocol('MESSAGE_TOO_LARGE'))).toBe(
    'Kafka at a:1, b:2 rejected a record for topic events: says MESSAGE_TOO_LARGE',
  )
})
