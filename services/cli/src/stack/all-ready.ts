import { setTimeout } from 'node:timers/promises'
import type { SupervisedProcess } from '@headwater/local'

const [pollMs, readyWithinMs] = [100, 120_000]

const isHopeless = ({ state }: SupervisedProcess) => state === 'failing' || state === 'failed'

/** Rejects when one of the parts keeps crashing before `launching` is over: the services that need it would wait for it in vain. */
export async function failureAmong(parts: readonly SupervisedProcess[], launching: Promise<unknown>): Promise<void> {
  let isOver = false
  const over = () => {
    isOver = true
  }
  launching.then(over, over)
  while (!isOver) {
    const failing = parts.find(isHopeless)
    if (failing !== undefined) throw failing.failure()
    await setTimeout(pollMs)
  }
  await launching
}

/** Waits for parts that crashed after they were ready. @throws LocalStackError of the first that is not ready again in time */
export async function untilAllReady(processes: readonly SupervisedProcess[]): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  for (;;) {
    const unready = processes.find(({ state }) => state !== 'ready')
    if (unready === undefined) return
    if (isHopeless(unready) || Date.now() > deadline) throw unready.failure()
    await setTimeout(pollMs)
  }
}
