import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Artifacts } from './artifacts.ts'
import { checkKafka } from './checks.ts'
import { classArchive, prepareArchives } from './class-archive.ts'
import { formatStorage } from './kafka-storage.ts'
import type { Part } from './part.ts'

export type KafkaServerSettings = Readonly<Record<string, string | number | boolean>>

export type KafkaPartOptions = {
  readonly home: string
  readonly port: number
  readonly controllerPort: number
  readonly artifacts: Artifacts
  /** Identifies the build of Java. */
  readonly javaBuild: string
  /** True for a stack of some minutes: the JVM then spends less on compiling and runs slower afterwards. */
  readonly isShortLived: boolean
  /** More settings of the broker, or others. */
  readonly adjustKafka?: (settings: KafkaServerSettings) => KafkaServerSettings
  readonly env: NodeJS.ProcessEnv
}

/** One Kafka node in KRaft mode, broker and controller in one. */
export function kafkaPart({
  home,
  port,
  controllerPort,
  artifacts,
  javaBuild,
  isShortLived,
  adjustKafka = (settings) => settings,
  env,
}: KafkaPartOptions): Part {
  const folder = join(home, 'kafka')
  const properties = join(folder, 'server.properties')
  const { kafkaClassPath: classPath, derived } = artifacts
  const archive = classArchive(derived, `kafka-${javaBuild}`)
  return {
    name: 'kafka',
    command: 'java',
    args: [
      '-Xms128m',
      '-Xmx512m',
      '-XX:+UseSerialGC',
      ...(isShortLived ? ['-XX:TieredStopAtLevel=1'] : []),
      ...archive.options,
      `-Dlog4j2.configurationFile=${pathToFileURL(artifacts.logConfig).href}`,
      '-cp',
      classPath,
      'kafka.Kafka',
      properties,
    ],
    env,
    async prepare() {
      await prepareArchives(derived)
      await mkdir(folder, { recursive: true })
      await writeFile(properties, propertiesOf(adjustKafka(serverSettings(folder, port, controllerPort))))
      const template = join(derived, 'kafka-storage')
      await formatStorage({ data: join(folder, 'data'), template, classPath, properties, env })
    },
    check: () => checkKafka(`127.0.0.1:${port}`),
    ended: archive.keep,
  }
}

function serverSettings(folder: string, port: number, controllerPort: number): KafkaServerSettings {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(folder, 'data'),
    'auto.create.topics.enable': false,
    'num.partitions': 1,
    // After kill -9 the broker cannot register again before its old session ends.
    'broker.session.timeout.ms': 4_000,
    'broker.heartbeat.interval.ms': 1_000,
    // Tables are rebuilt from the log, so neither records nor the positions of its readers expire.
    'log.retention.ms': -1,
    'offsets.retention.minutes': 10 * 366 * 24 * 60,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 16 << 20,
    'log.cleaner.io.buffer.size': 128 << 10,
  }
}

const propertiesOf = (settings: KafkaServerSettings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
