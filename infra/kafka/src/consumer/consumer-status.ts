import { KafkaError } from '../errors/kafka-error.ts'
import { isRetryable } from '../retry-until-done.ts'

export const consumerStates = ['starting', 'waiting', 'consuming', 'retrying', 'refused', 'stalled'] as const

/**
 * `waiting`: its topic does not exist. `refused`: Kafka refuses it a right, and somebody has to grant it. `stalled`: it was started again
 * since it read nothing while records waited, and has read nothing since.
 */
export type ConsumerState = (typeof consumerStates)[number]

/** What a consumer does now, since when, and why it does not consume. */
export class ConsumerStatus {
  #state: ConsumerState = 'starting'
  #since = new Date()
  #reason: string | undefined

  get now(): { readonly state: ConsumerState; readonly since: Date; readonly reason: string | undefined } {
    return { state: this.#state, since: this.#since, reason: this.#reason }
  }

  enter(state: ConsumerState, reason?: string): void {
    if (state !== this.#state) this.#since = new Date()
    this.#state = state
    this.#reason = reason
  }

  /** The group has assigned partitions. One that was stalled has to read before it counts as consuming. */
  assigned(): void {
    if (this.#state !== 'stalled') this.enter('consuming')
  }

  /** It ended by itself, and is started again. Missing rights and the like are for somebody to grant. */
  ended(error: Error): void {
    const isStalled = error instanceof KafkaError && error.code === 'CONSUMER_STALLED'
    this.enter(isStalled ? 'stalled' : isRetryable(error) ? 'retrying' : 'refused', error.message)
  }

  /** Why records wait; undefined while they are consumed. */
  get problem(): string | undefined {
    if (this.#state === 'consuming') return undefined
    return `${this.#state} since ${this.#since.toISOString()}${this.#reason === undefined ? '' : `: ${this.#reason}`}`
  }
}
