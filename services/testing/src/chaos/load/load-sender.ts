// Holds: what was taken from the load is sent again and again until it is acknowledged, also while stopping, so that the ledger is whole
// when `stop` resolves. At most `mostInFlight` sends are under way.
import type { SchemaIds } from '@headwater/schemas'
import { Kafka, logLevel, type Producer } from 'kafkajs'
import type { SeededRandom } from '../seeded-random.ts'
import { encodePlanned } from './encode-planned.ts'
import type { PlannedRecord } from './planned-record.ts'
import type { SendLedger } from './send-ledger.ts'

export type LoadSenderOptions = {
  /** Comma separated host:port. */
  readonly brokers: string
  readonly topic: string
  readonly ids: SchemaIds
  readonly load: { next(): PlannedRecord }
  readonly random: SeededRandom
  readonly ledger: SendLedger
  readonly recordsPerSecond: number
}

const tickMs = 50
const mostInFlight = 6
const retryMs = 250
/** After an outage the load goes on where it was; it does not make up for it at once. */
const mostBehindMs = 500
const resentAtOnce = 0.04
const resentLater = 0.03
const remembered = 2_000

export class LoadSender {
  readonly #options: LoadSenderOptions
  readonly #old: PlannedRecord[] = []
  readonly #inFlight = new Set<Promise<void>>()
  #connection: Promise<Producer> | undefined
  #timer: NodeJS.Timeout | undefined
  #lastTick = performance.now()
  #due = 0

  constructor(options: LoadSenderOptions) {
    this.#options = options
  }

  start(): void {
    this.#lastTick = performance.now()
    this.#timer = setInterval(() => this.#tick(), tickMs)
  }

  /** Takes no more from the load, and resolves when everything taken is acknowledged. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight)
    await (await this.#connection?.catch(() => undefined))?.disconnect().catch(() => undefined)
  }

  #tick(): void {
    const now = performance.now()
    this.#due += (Math.min(now - this.#lastTick, mostBehindMs) / 1_000) * this.#options.recordsPerSecond
    this.#lastTick = now
    if (this.#inFlight.size >= mostInFlight) return
    const count = Math.floor(this.#due)
    this.#due = Math.min(this.#due - count, this.#options.recordsPerSecond)
    if (count === 0) return
    const fresh = Array.from({ length: count }, () => this.#options.load.next())
    this.#track(this.#sendTwice([...fresh, ...this.#takeOld(count)]))
  }

  #track(sending: Promise<void>): void {
    this.#inFlight.add(sending)
    void sending.finally(() => this.#inFlight.delete(sending))
  }

  /** Sends, then sends some of it again, as after an acknowledgement that was lost. */
  async #sendTwice(records: readonly PlannedRecord[]): Promise<void> {
    const { random } = this.#options
    await this.#send(records)
    for (const record of records) if (random.chance(resentLater)) this.#old.push(record)
    if (this.#old.length > remembered) this.#old.splice(0, this.#old.length - remembered)
    const again = records.filter(() => random.chance(resentAtOnce))
    if (again.length > 0) await this.#send(again)
  }

  /** Records that were acknowledged some time ago. */
  #takeOld(fresh: number): readonly PlannedRecord[] {
    if (this.#old.length < remembered / 4) return []
    return this.#old.splice(0, Math.ceil(fresh * resentLater))
  }

  async #send(records: readonly PlannedRecord[]): Promise<void> {
    const { topic, ids, ledger } = this.#options
    const messages = records.map((record) => encodePlanned(record, ids))
    for (;;) {
      this.#connection ??= this.#connect()
      const connection = this.#connection
      try {
        await (await connection).send({ topic, acks: -1, messages })
        ledger.acknowledge(records)
        return
      } catch {
        ledger.fail()
        this.#drop(connection)
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }

  async #connect(): Promise<Producer> {
    const kafka = new Kafka({
      clientId: 'headwater-chaos',
      brokers: this.#options.brokers.split(','),
      logLevel: logLevel.NOTHING,
      ...{ connectionTimeout: 1_000, requestTimeout: 2_000, retry: { retries: 1, initialRetryTime: 100 } },
    })
    const producer = kafka.producer({ allowAutoTopicCreation: false })
    await producer.connect()
    return producer
  }

  /** A connection after a failure is not used again. */
  #drop(connection: Promise<Producer>): void {
    if (this.#connection !== connection) return
    this.#connection = undefined
    void connection.then((producer) => producer.disconnect()).catch(() => undefined)
  }
}
