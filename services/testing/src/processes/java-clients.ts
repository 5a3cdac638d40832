import { type ChildProcess, spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { artifactsIn, type StackAddresses } from '@headwater/local'

/** @param value its bytes, or how many zeros */
export type JavaRecord = {
  readonly partition?: number
  readonly key?: Buffer | string
  readonly value: Buffer | number | null
}

export type AvroEvent = {
  /** What stands before the body: a zero byte and a schema id. */
  readonly header: Buffer
  readonly body: Buffer
  /** Of the body. */
  readonly schema: string
  readonly writer: string
  readonly inBlocks?: boolean
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

  /** Sends an event as Java's serializers encode it. @param writer the schema to write it by */
  async sendAvro(name: string, topic: string, event: AvroEvent): Promise<void> {
    const { header, body, schema, writer, inBlocks = false } = event
    const schemas = [schema, writer].map((text) => JSON.stringify(JSON.parse(text))).join('\n')
    const words = [header, body, schemas].map(base64)
    await this.#run('sendAvro', name, topic, ...words, inBlocks ? 'blocks' : 'plain')
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

/** The jars that the embedded stack has fetched: Kafka, and Avro of the registry. */
async function classPath(): Promise<string> {
  const cache = process.env['HEADWATER_CACHE'] ?? join(homedir(), '.cache', 'headwater')
  const artifacts = await artifactsIn(cache)
  if (artifacts === undefined) throw new Error(`No jars of Kafka in ${cache}: npx headwater up fetches them`)
  const ofRegistry = join(dirname(artifacts.registryJar), 'lib')
  const avro = (await readdir(ofRegistry)).filter((name) =>
    /avro-1|jackson-(core|databind|annotations)|commons-compress/.test(name),
  )
  return [artifacts.kafkaClassPath, ...avro.map((name) => join(ofRegistry, name))].join(delimiter)
}
