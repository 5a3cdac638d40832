const maxFailures = 5

type Failing = { count: number; readonly storedBefore: number }

/**
 * Distinguishes a broken event from a broken server: the event is at fault when the server failed on it five times and has stored other
 * events since the first failure.
 */
export class FailingEvents {
  readonly #failing = new Map<string, Failing>()
  #stored = 0

  stored(eventId: string): void {
    this.#stored += 1
    this.forget(eventId)
  }

  /** Counts a failure. @returns true where the event is at fault */
  failed(eventId: string): boolean {
    const failing = this.#failing.get(eventId) ?? { count: 0, storedBefore: this.#stored }
    failing.count += 1
    this.#failing.set(eventId, failing)
    return failing.count >= maxFailures && this.#stored > failing.storedBefore
  }

  forget(eventId: string): void {
    this.#failing.delete(eventId)
  }
}
