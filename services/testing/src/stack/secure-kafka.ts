import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort, type KafkaServerSettings, kafkaClassPath, startStack } from '@headwater/local'
import type { Certificates } from '../certificates/make-certificates.ts'
import { testStack } from './test-stack.ts'

export type SecureKafka = {
  /** Without TLS and login. */
  readonly plain: string
  /** TLS that asks for a certificate of the authority. */
  readonly mtls: string
  /** TLS and SCRAM-SHA-512. */
  readonly scram: string
  /** OAUTHBEARER with unsigned tokens. Connections log in again after `reauthenticateMs`. */
  readonly oauth: string
  readonly login: { readonly username: string; readonly password: string }
  stop(): Promise<void>
}

export type SecureKafkaOptions = { readonly certificates: Certificates; readonly reauthenticateMs?: number }

const login = { username: 'headwater', password: 'correct-horse' }
const run = promisify(execFile)

/** A broker of its own with a listener for each way to connect; registry and ClickHouse are those of the tests. */
export async function startSecureKafka({
  certificates,
  reauthenticateMs = 0,
}: SecureKafkaOptions): Promise<SecureKafka> {
  const home = await mkdtemp(join(tmpdir(), 'headwater-secure-kafka-'))
  const [mtls, scram, oauth] = [await freePort(), await freePort(), await freePort()]
  const keyStore = await keyStoreOf(home, certificates)
  const { schemaRegistryUrl, clickhouseUrl } = testStack()
  const stack = await startStack({
    home: join(home, 'stack'),
    ports: { kafka: 0 },
    external: { schemaRegistryUrl, clickhouseUrl },
    isShortLived: true,
    env: process.env,
    adjustKafka: (settings) => ({
      ...withListeners(settings, { MTLS: mtls, SCRAM: scram, OAUTH: oauth }),
      ...tlsSettings('mtls', keyStore, certificates.ca),
      ...tlsSettings('scram', keyStore, certificates.ca),
      'listener.name.mtls.ssl.client.auth': 'required',
      'listener.name.scram.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'listener.name.scram.scram-sha-512.sasl.jaas.config': `${security}.scram.ScramLoginModule required;`,
      'listener.name.oauth.sasl.enabled.mechanisms': 'OAUTHBEARER',
      'listener.name.oauth.oauthbearer.sasl.jaas.config': `${security}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
      'listener.name.oauth.oauthbearer.connections.max.reauth.ms': reauthenticateMs,
    }),
  })
  const plain = stack.addresses.kafkaBrokers
  await addScramUser(plain)
  const at = (port: number) => `127.0.0.1:${port}`
  return {
    ...{ plain, mtls: at(mtls), scram: at(scram), oauth: at(oauth), login },
    async stop() {
      await stack.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

const security = 'org.apache.kafka.common.security'

/** Java reads certificate and key of a PEM store from one file. */
async function keyStoreOf(folder: string, { server }: Certificates): Promise<string> {
  const file = join(folder, 'server-store.pem')
  await writeFile(file, `${await readFile(server.key, 'utf8')}${await readFile(server.cert, 'utf8')}`)
  return file
}

type Listeners = { readonly MTLS: number; readonly SCRAM: number; readonly OAUTH: number }

function withListeners(settings: KafkaServerSettings, listeners: Listeners): KafkaServerSettings {
  const added = Object.entries(listeners).map(([name, port]) => `,${name}://127.0.0.1:${port}`)
  return {
    ...settings,
    listeners: settings['listeners'] + added.join(''),
    'advertised.listeners': settings['advertised.listeners'] + added.join(''),
    'listener.security.protocol.map': `${settings['listener.security.protocol.map']},MTLS:SSL,SCRAM:SASL_SSL,OAUTH:SASL_PLAINTEXT`,
  }
}

const tlsSettings = (listener: string, keyStore: string, ca: string): KafkaServerSettings => ({
  [`listener.name.${listener}.ssl.keystore.type`]: 'PEM',
  [`listener.name.${listener}.ssl.keystore.location`]: keyStore,
  [`listener.name.${listener}.ssl.truststore.type`]: 'PEM',
  [`listener.name.${listener}.ssl.truststore.location`]: ca,
})

async function addScramUser(brokers: string): Promise<void> {
  const classPath = (await kafkaClassPath(process.env)) ?? ''
  const credentials = `SCRAM-SHA-512=[password=${login.password}]`
  await run('java', [
    ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', classPath, 'kafka.admin.ConfigCommand'],
    ...['--bootstrap-server', brokers, '--alter', '--entity-type', 'users', '--entity-name', login.username],
    ...['--add-config', credentials],
  ])
}
