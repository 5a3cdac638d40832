import type { ChildProcess } from 'node:child_process'
import type { StackAddresses } from '@headwater/local'
import { endChild, spawnBuilt } from './spawn-built.ts'

export type ProjectorProcessOptions = {
  readonly stack: StackAddresses
  readonly topic: string
  readonly deadLetters: string
  readonly database: string
  readonly groupId: string
  readonly batchRecords?: number
  /** Variables in place of these. */
  readonly env?: Readonly<Record<string, string>>
  /** Called when it ends although neither `end` nor a kill was requested. */
  readonly onUnexpectedEnd?: (how: string) => void
}

/** The variables that a projector, or a replay of its tables, reads. */
export function projectorEnv(options: ProjectorProcessOptions): NodeJS.ProcessEnv {
  const { stack, topic, deadLetters, database, groupId, batchRecords = 500, env = {} } = options
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
    ...env,
  }
}

/** The built projector as a process that tests may kill and start again. */
export class ProjectorProcess {
  readonly #options: ProjectorProcessOptions
  #child: ChildProcess | undefined
  #isEndAsked = false
  #output = ''
  #begun: Promise<void> = Promise.resolve()

  constructor(options: ProjectorProcessOptions) {
    this.#options = options
  }

  /** What it wrote to its log, over all its starts. */
  get output(): string {
    return this.#output
  }

  /** Resolves when the latest start has written its first line, after which it hears signals, or has ended. */
  get begun(): Promise<void> {
    return this.#begun
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): void {
    let begin: () => void = () => undefined
    this.#begun = new Promise((resolve) => {
      begin = resolve
    })
    const child = spawnBuilt('projector', projectorEnv(this.#options), (text) => {
      this.#output += text
      begin()
    })
    this.#child = child
    this.#isEndAsked = false
    child.once('exit', begin)
    child.once('exit', (code, signal) => {
      if (!this.#isEndAsked) this.#options.onUnexpectedEnd?.(`ended by itself with ${code ?? signal}`)
    })
  }

  /** Sends a signal that does not end it, such as SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Ends it as `signal` does, and resolves when it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null> {
    this.#isEndAsked = true
    return endChild(this.#child, signal)
  }
}
