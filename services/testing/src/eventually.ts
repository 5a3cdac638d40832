const pauseMs = 25

/** Calls until it stops throwing; after `withinMs` throws what it threw last. Returns what the call returned. */
export async function eventually<T>(call: () => T | Promise<T>, withinMs = 20_000): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
