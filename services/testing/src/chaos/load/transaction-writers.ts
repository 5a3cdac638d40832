// Holds: a record is taken from the load for one transaction, and sent in that one only. What became of the transaction is in the ledger,
// as aborted only where a commit was never requested.
import { setTimeout as pause } from 'node:timers/promises'
import type { SchemaIds } from '@headwater/schemas'
import { Kafka, logLevel, type Producer, type Transaction } from 'kafkajs'
import type { SeededRandom } from '../seeded-random.ts'
import { encodePlanned } from './encode-planned.ts'
import type { PlannedRecord } from './planned-record.ts'
import type { SendLedger } from './send-ledger.ts'

export type TransactionWritersOptions = {
  /** Comma separated host:port. */
  readonly brokers: string
  readonly topic: string
  readonly ids: SchemaIds
  readonly load: { next(): PlannedRecord }
  readonly random: SeededRandom
  readonly ledger: SendLedger
}

const writers = 3
const abortedShare = 1 / 3
/** Of the aborted ones: by a second producer with the same transactional id, as after a crash. */
const fencedShare = 0.4
/** Kafka holds back what comes after an open transaction, so one that a dead producer leaves open must not last long. */
const transactionTimeoutMs = 5_000

/** Producers that write in transactions, several at a time, of which a third is aborted. */
export class TransactionWriters {
  readonly #options: TransactionWritersOptions
  readonly #ending = new AbortController()
  #running: Promise<unknown> = Promise.resolve()

  constructor(options: TransactionWritersOptions) {
    this.#options = options
  }

  start(): void {
    this.#running = Promise.all(Array.from({ length: writers }, (_, index) => this.#write(index)))
  }

  /** Resolves when each transaction has ended. */
  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#running
  }

  async #write(index: number): Promise<void> {
    const { random, ledger } = this.#options
    const id = `${this.#options.topic}-writer-${index}`
    let producer: Producer | undefined
    while (!this.#ending.signal.aborted) {
      await pause(random.between(50, 600))
      try {
        producer ??= await this.#connect(id)
        producer = await this.#transaction(producer, id)
      } catch {
        ledger.fail()
        await producer?.disconnect().catch(() => undefined)
        producer = undefined
      }
    }
    await producer?.disconnect().catch(() => undefined)
  }

  /** @returns the producer for the next one */
  async #transaction(producer: Producer, id: string): Promise<Producer> {
    const { load, random, ledger } = this.#options
    const records = Array.from({ length: random.between(1, 30) }, () => load.next())
    const isAborted = random.chance(abortedShare)
    const transaction = await this.#send(producer, records).catch((error: Error) => {
      ledger.abort(records)
      throw error
    })
    if (!isAborted) {
      await transaction.commit().catch((error: Error) => {
        ledger.leaveOpen()
        throw error
      })
      ledger.commit(records)
      return producer
    }
    ledger.abort(records)
    if (!random.chance(fencedShare)) {
      await transaction.abort()
      return producer
    }
    const successor = await this.#connect(id)
    await producer.disconnect().catch(() => undefined)
    return successor
  }

  /** In two parts with a pause between them, so that transactions overlap. */
  async #send(producer: Producer, records: readonly PlannedRecord[]): Promise<Transaction> {
    const { topic, ids, random } = this.#options
    const middle = random.below(records.length + 1)
    const transaction = await producer.transaction()
    for (const part of [records.slice(0, middle), records.slice(middle)]) {
      const messages = part.map((record) => encodePlanned(record, ids))
      if (messages.length > 0) await transaction.send({ topic, acks: -1, messages })
      await pause(random.between(0, 400))
    }
    return transaction
  }

  async #connect(transactionalId: string): Promise<Producer> {
    const kafka = new Kafka({
      clientId: 'headwater-chaos',
      brokers: this.#options.brokers.split(','),
      logLevel: logLevel.NOTHING,
      ...{ connectionTimeout: 1_000, requestTimeout: 2_000, retry: { retries: 2, initialRetryTime: 100 } },
    })
    const producer = kafka.producer({
      ...{ transactionalId, idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false },
      transactionTimeout: transactionTimeoutMs,
    })
    await producer.connect()
    return producer
  }
}
