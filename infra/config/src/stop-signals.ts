// A terminal's Ctrl-C reaches every process of the group, and a parent process may forward it as well.
const sameSignalMs = 1_000

/**
 * Calls `stop` at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process with code 130. Signals within a second of the
 * first count as the same one.
 * @returns handles a stop that was requested in another way, as a signal
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): (signal: NodeJS.Signals) => void {
  let firstAt: number | undefined
  const handle = (signal: NodeJS.Signals) => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt >= sameSignalMs) process.exit(130)
      return
    }
    firstAt = performance.now()
    stop(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle)
  return handle
}
