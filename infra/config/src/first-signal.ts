// Imported by the main module of a service before everything that takes long to load. Holds: from then on SIGTERM, SIGINT and SIGHUP end
// the process with code 0: at once as long as there is nothing to close, else as `onFirstSignal` says. Later signals change nothing.

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

/** From now on, the first signal calls `close`, which has to end the process. */
export function onFirstSignal(close: () => void): void {
  stop = close
}

/** Whether a signal has arrived: what fails from then on fails because it is stopped. */
export const isStopRequested = (): boolean => isStopping
