import { setTimeout as pause } from 'node:timers/promises'
import type { FaultRecord } from './chaos-report.ts'
import { type FaultKind, faultKinds } from './fault-plan.ts'
import { FaultRun, type FaultRunOptions } from './fault-run.ts'
import type { FoldWatch } from './fold-watch.ts'
import type { LoadSender } from './load-sender.ts'
import type { SendLedger } from './send-ledger.ts'

export type LoadPhaseOptions = Omit<FaultRunOptions, 'onFault' | 'signal'> & {
  readonly sender: LoadSender
  readonly ledger: SendLedger
  readonly watch: FoldWatch
  readonly minutes: number
  /** Goes on until each kind of fault has happened, however long it takes. */
  readonly everyKind: boolean
  /** Ends the load early. */
  readonly signal: AbortSignal
  readonly progressMs: number
  readonly onProgress: (line: string) => void
}

export type LoadPhase = { readonly durationMs: number; readonly faults: FaultRun }

/** Sends and breaks until the time is over; resolves when everything sent is acknowledged and every part runs. */
export async function loadPhase(options: LoadPhaseOptions): Promise<LoadPhase> {
  const { sender, watch, ledger, onProgress } = options
  const startedAt = performance.now()
  const ending = new AbortController()
  const faults = new FaultRun({
    ...options,
    signal: ending.signal,
    onFault: (record) => onProgress(faultLine(record)),
  })
  sender.start()
  const breaking = faults.run()
  const progress = setInterval(() => {
    const [elapsed, lag] = [clock(performance.now() - startedAt), watch.lag ?? 'unknown']
    const happening = faults.current.flatMap(({ parts }) => parts).join(', ') || 'nothing'
    onProgress(`${elapsed}  ${ledger.events} events acknowledged, ${lag} to fold, happening: ${happening}`)
  }, options.progressMs)
  try {
    await Promise.race([breaking, timeIsOver(options, startedAt, faults)])
    ending.abort()
    await breaking
    await sender.stop()
  } finally {
    clearInterval(progress)
    ending.abort()
    void sender.stop() // takes no more, also when something failed
  }
  return { durationMs: performance.now() - startedAt, faults }
}

async function timeIsOver(options: LoadPhaseOptions, startedAt: number, faults: FaultRun): Promise<void> {
  const { minutes, everyKind, signal } = options
  const isOver = () => {
    const seen = new Set<FaultKind>(faults.records.map(({ kind }) => kind))
    return (
      performance.now() - startedAt >= minutes * 60_000 && (!everyKind || faultKinds.every((kind) => seen.has(kind)))
    )
  }
  while (!signal.aborted && !isOver()) await pause(100)
}

function faultLine({ kind, detail, atMs, lastedMs, recoveredMs }: FaultRecord): string {
  const what = kind === detail ? kind : `${kind} (${detail})`
  return `${clock(atMs)}  ${what}: lasted ${seconds(lastedMs)}, caught up ${seconds(recoveredMs ?? 0)} later`
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

const clock = (ms: number) => {
  const whole = Math.floor(ms / 1_000)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
