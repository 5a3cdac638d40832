import { setImmediate } from 'node:timers/promises'

const sliceMs = 8

/** Runs work to its end, and lets other work in between its slices. */
export async function inSlices<T>(work: Generator<undefined, T>): Promise<T> {
  let began = performance.now()
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (performance.now() - began < sliceMs) continue
    await setImmediate()
    began = performance.now()
  }
}
