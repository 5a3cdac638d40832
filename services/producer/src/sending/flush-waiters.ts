type Waiter = { readonly target: number; readonly done: () => void }

const maxTimerMs = 2 ** 31 - 1

/** Callers of `flush`, each waiting until a number of events is settled or its deadline has passed. */
export class FlushWaiters {
  readonly #waiters = new Set<Waiter>()

  /** Resolves when `settled` reaches `target`, on `releaseAll`, or after `deadlineMs`. Its timer keeps the process alive. */
  async until(target: number, settled: number, deadlineMs: number): Promise<void> {
    if (settled >= target || !(deadlineMs > 0)) return
    await new Promise<void>((resolve) => {
      const waiter = { target, done: () => finish() }
      const timer = setTimeout(() => finish(), Math.min(deadlineMs, maxTimerMs))
      const finish = () => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
        resolve()
      }
      this.#waiters.add(waiter)
    })
  }

  settled(count: number): void {
    for (const { target, done } of this.#waiters) if (count >= target) done()
  }

  /** Resolves all waits at once: more waiting would not help. */
  releaseAll(): void {
    for (const { done } of this.#waiters) done()
  }
}
