import { type ChildProcess, spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { artifactsIn, type StackAddresses } from '@headwater/local'

/** @param value its bytes, or how many zeros */
export type JavaRecord = {
  readonly partition?: number
  readonly key?: Buffer | string
  readonly value: Buffer | number | null
}

const source = fileURLToPath(new URL('../../java/KafkaClients.java', import.meta.url))

// Holds: commands are answered in the order in which they are sent, one line each.

/** Kafka's own producers and consumer, in a process of their own that the JVM compiles as it starts. */
export class JavaClients {
  readonly #child: ChildProcess
  readonly #waiting: { resolve(answer: string): void; reject(error: Error): void }[] = []
  readonly #started: Promise<string>
  #errors = ''

  private constructor(child: ChildProcess) {
    this.#child = child
    const { stdout, stderr } = child
    stderr?.on('data', (part: Buffer) => (this.#errors += part.toString()))
    this.#started = this.#answer()
    if (stdout !== null) createInterface({ input: stdout }).on('line', (line) => this.#take(line))
    this.#child.once('error', (error) => this.#fail(error))
    this.#child.once('exit', () => this.#fail(new Error(`Kafka's clients ended: ${this.#errors}`)))
  }

  static async start({ kafkaBrokers }: StackAddresses): Promise<JavaClients> {
    const options = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', await classPath()]
    const child = spawn('java', [...options, source, kafkaBrokers], { stdio: ['pipe', 'pipe', 'pipe'] })
    const clients = new JavaClients(child)
    await clients.#started
    return clients
  }

  /** Creates a producer. @param settings as Kafka names them, such as `compression.type` */
  async producer(name: string, settings: Readonly<Record<string, string | number>> = {}): Promise<void> {
    await this.#run('producer', name, ...Object.entries(settings).map(([key, value]) => `${key}=${value}`))
    if ('transactional.id' in settings) await this.#run('init', name)
  }

  /** Hands records to a producer, which sends them in batches. */
  async send(name: string, topic: string, records: readonly JavaRecord[]): Promise<void> {
    const sending = records.map(({ partition = 0, key, value }) =>
      this.#run('send', name, topic, String(partition), base64(key), wordOf(value)),
    )
    await Promise.all(sending)
  }

  /** Resolves to the offsets of what was sent since the last time, once it is acknowledged. */
  flush = async (name: string): Promise<readonly number[]> => numbersIn(await this.#run('flush', name))
  begin = (name: string) => this.#run('begin', name)
  commit = (name: string) => this.#run('commit', name)
  abort = (name: string) => this.#run('abort', name)

  /** The positions, as `partition:offset`, of what a topic has under `read_committed`. */
  async committed(topic: string): Promise<readonly string[]> {
    return (await this.#run('read', topic)).split(' ').filter((position) => position !== '')
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }

  async #run(...words: readonly string[]): Promise<string> {
    const answer = this.#answer()
    this.#child.stdin?.write(`${words.join(' ')}\n`)
    return answer
  }

  #answer(): Promise<string> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  #take(line: string): void {
    const next = this.#waiting.shift()
    if (line.startsWith('ok')) next?.resolve(line.slice('ok '.length))
    else next?.reject(new Error(line))
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}

const wordOf = (value: JavaRecord['value']): string => (typeof value === 'number' ? `zeros:${value}` : base64(value))

const base64 = (bytes: Buffer | string | null | undefined): string =>
  bytes === null || bytes === undefined ? '-' : Buffer.from(bytes).toString('base64')

const numbersIn = (line: string): readonly number[] =>
  line
    .split(' ')
    .filter((word) => word !== '')
    .map(Number)

/** The jars that the embedded stack has fetched. */
async function classPath(): Promise<string> {
  const cache = process.env['HEADWATER_CACHE'] ?? join(homedir(), '.cache', 'headwater')
  const artifacts = await artifactsIn(cache)
  if (artifacts === undefined) throw new Error(`No jars of Kafka in ${cache}: npx headwater up fetches them`)
  return artifacts.kafkaClassPath
}
