import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LocalStackError } from '../local-stack-error.ts'
import { runCommand } from '../process/run-command.ts'
import type { Artifacts } from './artifacts.ts'
import { checkKafka } from './checks.ts'
import type { Part } from './part.ts'

export type KafkaPartOptions = {
  readonly home: string
  readonly port: number
  readonly controllerPort: number
  readonly artifacts: Artifacts
  readonly env: NodeJS.ProcessEnv
}

/** One Kafka node in KRaft mode, broker and controller in one. */
export function kafkaPart({ home, port, controllerPort, artifacts, env }: KafkaPartOptions): Part {
  const folder = join(home, 'kafka')
  const properties = join(folder, 'server.properties')
  const classPath = ['-cp', join(artifacts.kafkaJars, '*')]
  return {
    name: 'kafka',
    command: 'java',
    args: [
      '-Xms128m',
      '-Xmx512m',
      '-XX:+UseSerialGC',
      `-Dlog4j2.configurationFile=${pathToFileURL(artifacts.logConfig).href}`,
      ...classPath,
      'kafka.Kafka',
      properties,
    ],
    env,
    async prepare() {
      await mkdir(folder, { recursive: true })
      await writeFile(properties, serverProperties(folder, port, controllerPort))
      if (existsSync(join(folder, 'data', 'meta.properties'))) return
      const id = randomBytes(16).toString('base64url').replace(/^-/, '_') // not an option of the command
      const format = ['kafka.tools.StorageTool', 'format', '-t', id, '-c', properties]
      const { exitCode, output } = await runCommand('java', ['-Xmx128m', ...classPath, ...format], env)
      if (exitCode !== 0)
        throw new LocalStackError('PART_CRASHED', `Kafka's storage cannot be formatted: ${output.trim()}`)
    },
    check: () => checkKafka(`127.0.0.1:${port}`),
  }
}

function serverProperties(folder: string, port: number, controllerPort: number): string {
  const settings = {
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
    // After kill -9 the node may register again only when its old session has ended.
    'broker.session.timeout.ms': 4_000,
    'broker.heartbeat.interval.ms': 1_000,
    // The log is the record of everything: what is in it does not expire, nor do the positions of those who read it.
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
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
