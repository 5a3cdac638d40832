import {
  type Environment,
  readTlsFiles,
  readVariables,
  rereadTlsFiles,
  type TlsFiles,
  throwIfInvalid,
} from '@headwater/config'
import type { KafkaConfig, Mechanism, SASLOptions } from 'kafkajs'
import { Type } from 'typebox'
import { type KafkaAccessSettings, kafkaAccessVariables } from './kafka-variables.ts'
import { oauthMechanism } from './oauth/oauth-authenticator.ts'
import { oauthTokenProvider } from './oauth/oauth-token-provider.ts'
import { createSocketFactory } from './socket-factory.ts'

/** How a broker is reached beyond its address. */
export type KafkaAccess = Required<Pick<KafkaConfig, 'ssl' | 'socketFactory'>> & Pick<KafkaConfig, 'sasl'>

/** TLS and login by the variables. Files are read again at each connection, so renewed certificates need no restart. */
export function kafkaAccess(settings: KafkaAccessSettings): KafkaAccess {
  const ssl = usesTls(settings)
  const sasl = kafkaLogin(settings)
  const socketFactory = createSocketFactory(ssl ? rereadTlsFiles('KAFKA', settings) : undefined)
  return { ssl, socketFactory, ...(sasl === undefined ? {} : { sasl }) }
}

/** The same of an environment. @throws ConfigError */
export function readKafkaAccess(env: Environment): KafkaAccess {
  const { values, problems } = readVariables(Type.Object(kafkaAccessVariables), env)
  throwIfInvalid(problems)
  throwIfInvalid(kafkaAccessProblems(values))
  return kafkaAccess(values)
}

/** Options of TLS for a client that makes its own sockets; false connects without it. */
export const kafkaTls = (settings: KafkaAccessSettings): TlsFiles | false =>
  usesTls(settings) ? rereadTlsFiles('KAFKA', settings)() : false

/** One sentence for each variable that is missing beside the others, or names a file that cannot be used. */
export function kafkaAccessProblems(settings: KafkaAccessSettings): readonly string[] {
  const problems: string[] = []
  readTlsFiles('KAFKA', settings, problems)
  if (settings.KAFKA_SASL_MECHANISM === 'oauthbearer') problems.push(...oauthProblems(settings))
  else if (settings.KAFKA_SASL_MECHANISM !== '' && settings.KAFKA_USERNAME === '')
    problems.push('KAFKA_USERNAME must be set with KAFKA_SASL_MECHANISM')
  return problems
}

const usesTls = ({ KAFKA_SSL, KAFKA_TLS_CA, KAFKA_TLS_CERT, KAFKA_TLS_KEY }: KafkaAccessSettings): boolean =>
  KAFKA_SSL || [KAFKA_TLS_CA, KAFKA_TLS_CERT, KAFKA_TLS_KEY].some((file) => file !== '')

/** The login of the variables; undefined where none is needed. */
export function kafkaLogin(settings: KafkaAccessSettings): SASLOptions | Mechanism | undefined {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = settings
  if (mechanism === '') return undefined
  if (mechanism === 'oauthbearer') return oauthMechanism(oauthTokenProvider(settings))
  return { mechanism, username, password } as SASLOptions
}

/** The principal that Kafka's authorizer knows this client by; undefined where a certificate, a token or the broker decides it. */
export const kafkaPrincipal = (settings: KafkaAccessSettings): string | undefined =>
  ['', 'oauthbearer'].includes(settings.KAFKA_SASL_MECHANISM) ? undefined : `User:${settings.KAFKA_USERNAME}`

function oauthProblems(settings: KafkaAccessSettings): readonly string[] {
  if (settings.KAFKA_OAUTH_TOKEN_FILE !== '') return []
  if (settings.KAFKA_OAUTH_TOKEN_URL === '')
    return ['KAFKA_OAUTH_TOKEN_URL or KAFKA_OAUTH_TOKEN_FILE must be set with KAFKA_SASL_MECHANISM=oauthbearer']
  return settings.KAFKA_OAUTH_CLIENT_ID === '' ? ['KAFKA_OAUTH_CLIENT_ID must be set with KAFKA_OAUTH_TOKEN_URL'] : []
}
