/** `waiting`: its topic does not exist. `refused`: Kafka refuses it a right, and somebody has to grant it. */
export type ConsumerState = 'starting' | 'waiting' | 'consuming' | 'retrying' | 'refused'

export const consumerStates: readonly ConsumerState[] = ['starting', 'waiting', 'consuming', 'retrying', 'refused']

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

  /** Why records wait; undefined while they are consumed. */
  get problem(): string | undefined {
    if (this.#state === 'consuming') return undefined
    return `${this.#state} since ${this.#since.toISOString()}${this.#reason === undefined ? '' : `: ${this.#reason}`}`
  }
}
