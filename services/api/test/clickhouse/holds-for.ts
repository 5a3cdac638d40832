import fc from 'fast-check'

/** Fails with what one case found, without the thousands of events of all of them. PROPERTY_SEED repeats a run. */
export async function holdsFor<T>(property: fc.IAsyncProperty<T>, numRuns: number): Promise<void> {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now())
  console.log(`fast-check seed ${seed}`)
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, { seed, numRuns, endOnFailure: true })
  if (failed) throw new Error(`Seed ${seed}, path ${counterexamplePath}: ${(errorInstance as Error).message}`)
}
