import { defaultDeadLettersTopic, defaultEventsTopic } from '@headwater/schemas'
import { type Static, Type } from 'typebox'

/** Environment variables of services that read or write the log: brokers, schema registry, credentials and topics. Spread into a config schema. */
export const kafkaVariables = {
  KAFKA_BROKERS: Type.String({
    default: '127.0.0.1:9092',
    minLength: 1,
    description: 'Brokers as host:port, comma separated',
  }),
  KAFKA_SSL: Type.Boolean({ default: false }),
  KAFKA_SASL_MECHANISM: Type.Enum(['', 'plain', 'scram-sha-256', 'scram-sha-512'], { default: '' }),
  KAFKA_USERNAME: Type.String({ default: '' }),
  KAFKA_PASSWORD: Type.String({ default: '' }),
  KAFKA_CREATE_TOPICS: Type.Boolean({ default: true, description: 'Create missing topics' }),
  KAFKA_TOPIC_CHECK: Type.Enum(['warn', 'refuse', 'off'], {
    default: 'warn',
    description: 'What happens when a topic has settings under which events are lost',
  }),
  KAFKA_TOPIC_PARTITIONS: Type.Integer({ default: 6, minimum: 1 }),
  KAFKA_TOPIC_REPLICATION: Type.Integer({ default: 1, minimum: 1 }),
  SCHEMA_REGISTRY_URL: Type.String({ default: 'http://127.0.0.1:8081/apis/ccompat/v7', pattern: '^https?://' }),
  SCHEMA_REGISTRY_USERNAME: Type.String({ default: '' }),
  SCHEMA_REGISTRY_PASSWORD: Type.String({ default: '' }),
  PROJECTOR_TOPIC: Type.String({ default: defaultEventsTopic, minLength: 1 }),
  PROJECTOR_DEAD_LETTERS_TOPIC: Type.String({ default: defaultDeadLettersTopic, minLength: 1 }),
}

const variables = Type.Object(kafkaVariables)
/** Variables that a Kafka client needs. */
export type KafkaSettings = Readonly<
  Pick<
    Static<typeof variables>,
    'KAFKA_BROKERS' | 'KAFKA_SSL' | 'KAFKA_SASL_MECHANISM' | 'KAFKA_USERNAME' | 'KAFKA_PASSWORD'
  >
>
