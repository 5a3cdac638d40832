type Waiter = { readonly target: number; readonly done: () => void }

const maxTimerMs = 2 ** 31 - 1

/** Those who wait until a number of events is settled, each no longer than its deadline. */
export class FlushWaiters {
  readonly #waiters = new Set<Waiter>()

  /** Resolves when `settled` reaches `target`, when given up, or after `deadlineMs`. Its timer keeps the process alive. */
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

  /** Waiting longer is of no use. */
  giveUp(): void {
    for (const { done } of this.#waiters) done()
  }
}
