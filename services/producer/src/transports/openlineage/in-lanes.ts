/**
 * Calls `work` for all items: items of one key one after the other, in order, and at most `lanesAtOnce` keys at a time. After a failure
 * no further item is started.
 * @throws the first failure, once all items in progress have ended
 */
export async function inLanes<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  lanesAtOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const lanes = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const lane = lanes.get(key)
    if (lane === undefined) lanes.set(key, [item])
    else lane.push(item)
  }
  const waiting = lanes.values()
  const failures: unknown[] = []
  // The workers share one iterator, so each lane has exactly one worker.
  const worker = async () => {
    for (const lane of waiting) {
      for (const item of lane) {
        if (failures.length > 0) return
        await work(item).catch((error: unknown) => failures.push(error))
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanesAtOnce, lanes.size) }, worker))
  if (failures.length > 0) throw failures[0]
}
