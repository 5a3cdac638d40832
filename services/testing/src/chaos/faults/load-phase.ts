import { setTimeout as pause } from 'node:timers/promises'
import type { LoadSender } from '../load/load-sender.ts'
import type { SendLedger } from '../load/send-ledger.ts'
import type { TransactionWriters } from '../load/transaction-writers.ts'
import type { FaultRecord } from '../report/chaos-report.ts'
import { FaultRun, type FaultRunOptions } from './fault-run.ts'
import type { FoldWatch } from './fold-watch.ts'

export type LoadPhaseOptions = Omit<FaultRunOptions, 'onFault' | 'signal'> & {
  readonly sender: LoadSender
  readonly writers: TransactionWriters
  readonly ledger: SendLedger
  readonly watch: FoldWatch
  readonly minutes: number
  /** Ends the load early. */
  readonly signal: AbortSignal
  readonly progressMs: number
  readonly onProgress: (line: string) => void
}

export type LoadPhase = { readonly durationMs: number; readonly faults: FaultRun }

/** Sends and breaks until the time or the plan of faults is over; resolves when everything sent is acknowledged and every part runs. */
export async function loadPhase(options: LoadPhaseOptions): Promise<LoadPhase> {
  const { sender, writers, watch, ledger, onProgress } = options
  const startedAt = performance.now()
  const ending = new AbortController()
  const faults = new FaultRun({
    ...options,
    signal: ending.signal,
    onFault: (record) => onProgress(faultLine(record)),
  })
  sender.start()
  writers.start()
  const breaking = faults.run()
  const progress = setInterval(() => {
    const lag = watch.lag ?? 'an unknown number'
    const happening = faults.current.flatMap(({ parts }) => parts).join(', ') || 'nothing'
    onProgress(`${ledger.events} events acknowledged, ${lag} to fold, happening: ${happening}`)
  }, options.progressMs)
  try {
    await Promise.race([breaking, timeIsOver(options, startedAt)])
    ending.abort()
    await breaking
    await writers.stop()
    await sender.stop()
  } finally {
    clearInterval(progress)
    ending.abort()
    void writers.stop()
    void sender.stop() // takes no more, also when something failed
  }
  return { durationMs: performance.now() - startedAt, faults }
}

async function timeIsOver({ minutes, signal }: LoadPhaseOptions, startedAt: number): Promise<void> {
  while (!signal.aborted && performance.now() - startedAt < minutes * 60_000) await pause(100)
}

function faultLine({ kind, detail, lastedMs, recoveredMs }: FaultRecord): string {
  const what = kind === detail ? kind : `${kind} (${detail})`
  return `${what}: lasted ${seconds(lastedMs)}, caught up ${seconds(recoveredMs ?? 0)} later`
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
