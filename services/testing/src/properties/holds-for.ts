import fc from 'fast-check'

/** How many times the cases of `npm test` a property is tried: PROPERTY_FACTOR, which `npm run test:long` sets. */
const factor = Number(process.env['PROPERTY_FACTOR'] ?? 1)

/** Time for the longest property on a busy machine. */
export const propertyTimeoutMs = 600_000 * factor

/** How often a property is tried that `npm test` tries `numRuns` times. */
export const propertyRuns = (numRuns: number): number => numRuns * factor

/**
 * Tries a property `propertyRuns(numRuns)` times. PROPERTY_SEED repeats a run.
 * @throws Error with the seed and what the failed case found, without its thousands of events
 */
export async function holdsFor<T>(property: fc.IAsyncProperty<T>, numRuns: number): Promise<void> {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now())
  const runs = propertyRuns(numRuns)
  console.log(`fast-check seed ${seed}, ${runs} runs`)
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, {
    seed,
    numRuns: runs,
    endOnFailure: true,
  })
  if (!failed) return
  const reason = (errorInstance as Error).message
  throw new Error(`Seed ${seed}, path ${counterexamplePath}: ${reason}`, { cause: errorInstance })
}
