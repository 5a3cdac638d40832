import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StackAddresses } from '@headwater/local'

export type ProjectorProcessOptions = {
  readonly stack: StackAddresses
  readonly topic: string
  readonly deadLetters: string
  readonly database: string
  readonly groupId: string
  readonly batchRecords?: number
  /** Told when it ends and nobody asked it to. */
  readonly onUnexpectedEnd?: (how: string) => void
}

/** The variables that a projector, or a replay of its tables, reads. */
export function projectorEnv(options: ProjectorProcessOptions): NodeJS.ProcessEnv {
  const { stack, topic, deadLetters, database, groupId, batchRecords = 500 } = options
  return {
    ...process.env,
    KAFKA_BROKERS: stack.kafkaBrokers,
    SCHEMA_REGISTRY_URL: stack.schemaRegistryUrl,
    CLICKHOUSE_URL: stack.clickhouseUrl,
    CLICKHOUSE_DATABASE: database,
    PROJECTOR_TOPIC: topic,
    PROJECTOR_DEAD_LETTERS_TOPIC: deadLetters,
    PROJECTOR_GROUP: groupId,
    PROJECTOR_BATCH_RECORDS: String(batchRecords),
    PROJECTOR_SESSION_TIMEOUT_MS: '6000',
    PROJECTOR_METRICS_PORT: '0',
  }
}

/** The built projector as a process that tests may kill and start again. */
export class ProjectorProcess {
  readonly #options: ProjectorProcessOptions
  #child: ChildProcess | undefined
  #isEndAsked = false
  #output = ''

  constructor(options: ProjectorProcessOptions) {
    this.#options = options
  }

  /** What it wrote to its log, over all its starts. */
  get output(): string {
    return this.#output
  }

  start(): void {
    const main = fileURLToPath(new URL('../../projector/dist/main.js', import.meta.url))
    const child = spawn(process.execPath, ['--min-semi-space-size=64', '--max-semi-space-size=64', main], {
      env: projectorEnv(this.#options),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a terminal's Ctrl-C leaves it to whoever started it
    })
    const kill = () => child.kill('SIGKILL')
    process.once('exit', kill)
    child.once('exit', () => process.off('exit', kill))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (this.#output += part.toString()))
    this.#child = child
    this.#isEndAsked = false
    child.once('exit', (code, signal) => {
      if (!this.#isEndAsked) this.#options.onUnexpectedEnd?.(`ended by itself with ${code ?? signal}`)
    })
  }

  /** Sends a signal that does not end it, such as SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Ends it as `signal` does, and resolves when it is gone. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const gone = once(child, 'exit')
    this.#isEndAsked = true
    child.kill(signal)
    await gone
    return child.exitCode
  }
}
