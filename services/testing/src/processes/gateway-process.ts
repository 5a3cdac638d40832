import type { ChildProcess } from 'node:child_process'
import { freePort, type StackAddresses } from '@headwater/local'
import { eventually } from '../eventually.ts'
import { endChild, spawnBuilt } from './spawn-built.ts'

export type GatewayProcessOptions = {
  readonly stack: StackAddresses
  readonly topic: string
  /** Default: the topic with `.dead` after it. */
  readonly deadLetters?: string
  /** Variables in place of these. By default it reads no OpenLineage topic. */
  readonly env?: Readonly<Record<string, string>>
}

/** The built gateway as a process that tests may kill and start again; at the same address each time. */
export class GatewayProcess {
  readonly #options: GatewayProcessOptions
  #child: ChildProcess | undefined
  #url = ''
  #output = ''

  constructor(options: GatewayProcessOptions) {
    this.#options = options
  }

  /** Where it listens, after the first start; what clients call OPENLINEAGE_URL. */
  get url(): string {
    return this.#url
  }

  /** What it wrote to its log, over all its starts. */
  get output(): string {
    return this.#output
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Resolves when it takes events. */
  async start(): Promise<void> {
    await this.launch()
    await eventually(async () => {
      const ready = await fetch(`${this.#url}/readyz`)
      if (!ready.ok) throw new Error(`The gateway is not ready: ${await ready.text()}\n${this.#output}`)
    }, 60_000)
  }

  /** Resolves when it answers, also where it has no broker yet. */
  async launch(): Promise<void> {
    if (this.#url === '') this.#url = `http://127.0.0.1:${await freePort()}`
    const env = { ...process.env, ...this.#variables() }
    const child = spawnBuilt('gateway', env, (text) => {
      this.#output += text
    })
    this.#child = child
    await eventually(async () => {
      if (child.exitCode !== null) return
      await (await fetch(`${this.#url}/livez`)).body?.cancel()
    }, 60_000)
    if (child.exitCode !== null) throw new Error(`The gateway ended with ${child.exitCode}: ${this.#output}`)
  }

  /** Sends a signal that does not end it, such as SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Ends it as an operator does, and resolves to its exit code. */
  stop(): Promise<number | null> {
    return endChild(this.#child, 'SIGTERM')
  }

  /** Ends it in the middle of whatever it does. */
  async kill(): Promise<void> {
    await endChild(this.#child, 'SIGKILL')
  }

  #variables(): Readonly<Record<string, string>> {
    const { stack, topic, deadLetters = `${topic}.dead`, env } = this.#options
    return {
      KAFKA_BROKERS: stack.kafkaBrokers,
      SCHEMA_REGISTRY_URL: stack.schemaRegistryUrl,
      PROJECTOR_TOPIC: topic,
      PROJECTOR_DEAD_LETTERS_TOPIC: deadLetters,
      GATEWAY_PORT: new URL(this.#url).port,
      GATEWAY_OPENLINEAGE_TOPIC: '',
      ...env,
    }
  }
}
