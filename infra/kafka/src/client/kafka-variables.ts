import { type Environment, tlsVariables } from '@headwater/config'
import { defaultDeadLettersTopic, defaultEventsTopic, defaultOpenLineageTopic } from '@headwater/schemas'
import { type Static, Type } from 'typebox'

/** Environment variables that say how to connect to the brokers, but for their addresses. Spread into a config schema. */
export const kafkaAccessVariables = {
  KAFKA_SSL: Type.Boolean({ default: false, description: 'Connect with TLS; set by the KAFKA_TLS files too' }),
  ...tlsVariables('KAFKA'),
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
  KAFKA_TOPIC_CHECK: Type.Enum(['warn', 'refuse', 'off'], {
    default: 'warn',
    description: 'What happens when a topic has settings under which events are lost',
  }),
  KAFKA_TOPIC_PARTITIONS: Type.Integer({ default: 6, minimum: 1 }),
  KAFKA_TOPIC_REPLICATION: Type.Integer({ default: 1, minimum: 1 }),
  SCHEMA_REGISTRY_URL: Type.String({ default: 'http://127.0.0.1:8081/apis/ccompat/v7', pattern: '^https?://' }),
  SCHEMA_REGISTRY_USERNAME: Type.String({ default: '' }),
  SCHEMA_REGISTRY_PASSWORD: Type.String({ default: '' }),
  ...tlsVariables('SCHEMA_REGISTRY'),
  HEADWATER_PREFIX: Type.String({
    default: '',
    pattern: '^[A-Za-z0-9._-]{0,100}$',
    description: 'Begins the default name of every topic and group, so that several environments share a cluster',
  }),
  PROJECTOR_TOPIC: Type.String({ default: defaultEventsTopic, minLength: 1 }),
  PROJECTOR_DEAD_LETTERS_TOPIC: Type.String({ default: defaultDeadLettersTopic, minLength: 1 }),
}

const accessVariables = Type.Object(kafkaAccessVariables)

export type KafkaAccessSettings = Readonly<Static<typeof accessVariables>>
export type KafkaSettings = KafkaAccessSettings & { readonly KAFKA_BROKERS: string }

const presetGroups = { projector: 'headwater-projector', gateway: 'headwater-gateway' }

/** Consumer groups. Spread into the config schema of a service that reads or watches them. */
export const groupVariables = {
  PROJECTOR_GROUP: Type.String({ default: presetGroups.projector, minLength: 1 }),
  GATEWAY_GROUP: Type.String({ default: presetGroups.gateway, minLength: 1 }),
}

/**
 * The environment, with a name for each topic and group that it does not name. Names begin with HEADWATER_PREFIX. The group of a topic
 * that has another than the default name is named after it: two projectors in one group that read two topics would each get partitions
 * of the other's.
 */
export function withNames(env: Environment): Environment {
  const prefix = env['HEADWATER_PREFIX'] ?? ''
  const named = (name: string, preset: string) => env[name] || prefix + preset
  const groupOf = (topic: string, presetTopic: string, preset: string) =>
    topic === prefix + presetTopic || topic === '' ? prefix + preset : `${prefix}${preset}.${topic}`
  const events = named('PROJECTOR_TOPIC', defaultEventsTopic)
  const openLineage = env['GATEWAY_OPENLINEAGE_TOPIC'] ?? prefix + defaultOpenLineageTopic // empty: none is read
  return {
    ...env,
    PROJECTOR_TOPIC: events,
    PROJECTOR_DEAD_LETTERS_TOPIC: named('PROJECTOR_DEAD_LETTERS_TOPIC', defaultDeadLettersTopic),
    PROJECTOR_GROUP: env['PROJECTOR_GROUP'] || groupOf(events, defaultEventsTopic, presetGroups.projector),
    GATEWAY_OPENLINEAGE_TOPIC: openLineage,
    GATEWAY_GROUP: env['GATEWAY_GROUP'] || groupOf(openLineage, defaultOpenLineageTopic, presetGroups.gateway),
  }
}
