// Imported by the main module of a service before everything that takes long to load. Holds: from then on SIGTERM, SIGINT and SIGHUP end
// the process with code 0: at once as long as there is nothing to close, else once it is closed, or soon. Later signals change nothing.

/** The signals that are handled here. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

let stop: () => void = () => process.exit(0)
let isStopping = false

for (const signal of stopSignals) {
  process.on(signal, () => {
    if (isStopping) return
    isStopping = true
    stop()
  })
}

export type Closing = {
  /** Ends the process with 0 where closing takes longer: what is not done by then is for the next process to do. */
  readonly withinMs: number
  /** Is told what was not closed in order. */
  readonly onTrouble: (text: string) => void
}

/** From now on, the first signal calls `close`; when that is done, or fails, or takes too long, the process ends with 0. */
export function onFirstSignal(close: () => Promise<void>, { withinMs, onTrouble }: Closing): void {
  const end = (trouble?: string) => {
    if (trouble !== undefined) onTrouble(trouble)
    process.exit(0)
  }
  stop = () => {
    setTimeout(end, withinMs, `Ends after ${withinMs / 1_000} s with work under way: nothing of it is acknowledged`)
    close().then(
      () => end(),
      (error: Error) => end(`Ends, though not all was closed: ${error.message}`),
    )
  }
}

/** Whether a signal has arrived: what fails from then on fails because it is stopped. */
export const isStopRequested = (): boolean => isStopping
