import type { HeadwaterEvent } from '@headwater/schemas'
import type { EventBuffer } from './event-buffer.ts'

type Waiting = { readonly event: HeadwaterEvent; readonly bytes: number }

// Holds: events enter the buffer in the order in which they came; they wait as long as others are delivered, and for `maxWaitMs` without.

/** Events of calls that wait for room in a full buffer. */
export class WaitingEvents {
  readonly #maxWaitMs: number
  readonly #giveUp: () => void
  #queue: Waiting[] = []
  #head = 0
  #timer: NodeJS.Timeout | undefined
  #empty: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined

  /** @param giveUp called when nothing was delivered for `maxWaitMs` */
  constructor(maxWaitMs: number, giveUp: () => void) {
    this.#maxWaitMs = maxWaitMs
    this.#giveUp = giveUp
  }

  get size(): number {
    return this.#queue.length - this.#head
  }

  add(event: HeadwaterEvent, bytes: number): void {
    this.#queue.push({ event, bytes })
    this.#timer ??= setTimeout(this.#giveUp, this.#maxWaitMs) // keeps the process alive, since callers wait
  }

  /** Resolves when the events that wait now are in the buffer or dropped; undefined where none waits. */
  room(): Promise<void> | undefined {
    if (this.size === 0) return undefined
    if (this.#empty === undefined) {
      let resolve = () => {}
      const promise = new Promise<void>((done) => {
        resolve = done
      })
      this.#empty = { promise, resolve }
    }
    return this.#empty.promise
  }

  /** Moves what fits into the buffer. @returns how many events */
  moveTo(buffer: EventBuffer): number {
    const before = this.#head
    for (let next = this.#queue[this.#head]; next !== undefined; next = this.#queue[this.#head]) {
      if (!buffer.add(next.event, next.bytes)) break
      this.#head += 1
    }
    const moved = this.#head - before
    if (moved > 0) this.#timer?.refresh()
    if (this.size === 0) this.#clear()
    return moved
  }

  /** Drops all. @returns how many events */
  drop(): number {
    const { size } = this
    this.#clear()
    return size
  }

  #clear(): void {
    this.#queue = []
    this.#head = 0
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#empty?.resolve()
    this.#empty = undefined
  }
}
