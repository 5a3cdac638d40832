const attempts = 5

type Failing = { count: number; readonly storedBefore: number }

/**
 * Tells an event that a server fails on from a server that fails on all: it failed on the event five times, and stored others since the
 * first of them.
 */
export class FailingEvents {
  readonly #failing = new Map<string, Failing>()
  #stored = 0

  stored(eventId: string): void {
    this.#stored += 1
    this.forget(eventId)
  }

  /** The server failed on it again. @returns whether it is the event's fault */
  failed(eventId: string): boolean {
    const failing = this.#failing.get(eventId) ?? { count: 0, storedBefore: this.#stored }
    failing.count += 1
    this.#failing.set(eventId, failing)
    return failing.count >= attempts && this.#stored > failing.storedBefore
  }

  forget(eventId: string): void {
    this.#failing.delete(eventId)
  }
}
