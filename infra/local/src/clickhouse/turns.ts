/** Lets at most so many work at once; who waits goes in the order of coming, and may give up. */
export interface Turns {
  /** Calls `work` when it is its turn; never when the signal aborts before that. */
  take(signal: AbortSignal, work: () => Promise<void>): Promise<void>
}

export function createTurns(limit: number): Turns {
  const waiting = new Set<(mine: boolean) => void>()
  let running = 0

  function turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (mine: boolean) => {
        waiting.delete(settle)
        resolve(mine)
      }
      waiting.add(settle)
      signal.addEventListener('abort', () => settle(false), { once: true })
    })
  }

  return {
    async take(signal, work) {
      if (signal.aborted) return
      if (running < limit) running++
      else if (!(await turn(signal))) return // else the turn was handed over, and `running` counts it already
      try {
        await work()
      } finally {
        const [next] = waiting
        if (next === undefined) running--
        else next(true)
      }
    },
  }
}
