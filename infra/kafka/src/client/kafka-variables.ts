import { tlsVariables } from '@headwater/config'
import { defaultDeadLettersTopic, defaultEventsTopic } from '@headwater/schemas'
import { type Static, Type } from 'typebox'

/** Environment variables that say how to connect to the brokers, but for their addresses. Spread into a config schema. */
export const kafkaAccessVariables = {
  KAFKA_SSL: Type.Boolean({ default: false, description: 'Connect with TLS; set by the KAFKA_TLS files too' }),
  ...tlsVariables('KAFKA'),
  KAFKA_TLS_KEY_PASSWORD: Type.String({ default: '' }),
  KAFKA_SASL_MECHANISM: Type.Enum(['', 'plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'], { default: '' }),
  KAFKA_USERNAME: Type.String({ default: '' }),
  KAFKA_PASSWORD: Type.String({ default: '' }),
  KAFKA_OAUTH_TOKEN_URL: Type.String({ default: '', pattern: '^$|^https?://' }),
  KAFKA_OAUTH_CLIENT_ID: Type.String({ default: '' }),
  KAFKA_OAUTH_CLIENT_SECRET: Type.String({ default: '' }),
  KAFKA_OAUTH_SCOPE: Type.String({ default: '' }),
  KAFKA_OAUTH_TOKEN_FILE: Type.String({ default: '', description: 'Read again for each login' }),
}

/** Environment variables of services that read or write the log: brokers, schema registry, credentials and topics. Spread into a config schema. */
export const kafkaVariables = {
  KAFKA_BROKERS: Type.String({
    default: '127.0.0.1:9092',
    minLength: 1,
    description: 'Brokers as host:port, comma separated',
  }),
  ...kafkaAccessVariables,
  KAFKA_CREATE_TOPICS: Type.Boolean({ default: true, description: 'Create missing topics' }),
  KAFKA_TOPIC_PARTITIONS: Type.Integer({ default: 6, minimum: 1 }),
  KAFKA_TOPIC_REPLICATION: Type.Integer({ default: 1, minimum: 1 }),
  SCHEMA_REGISTRY_URL: Type.String({ default: 'http://127.0.0.1:8081/apis/ccompat/v7', pattern: '^https?://' }),
  SCHEMA_REGISTRY_USERNAME: Type.String({ default: '' }),
  SCHEMA_REGISTRY_PASSWORD: Type.String({ default: '' }),
  PROJECTOR_TOPIC: Type.String({ default: defaultEventsTopic, minLength: 1 }),
  PROJECTOR_DEAD_LETTERS_TOPIC: Type.String({ default: defaultDeadLettersTopic, minLength: 1 }),
}

const accessVariables = Type.Object(kafkaAccessVariables)

export type KafkaAccessSettings = Readonly<Static<typeof accessVariables>>
export type KafkaSettings = KafkaAccessSettings & { readonly KAFKA_BROKERS: string }
