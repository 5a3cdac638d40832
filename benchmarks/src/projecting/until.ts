const pollMs = 100 // often enough for runs of seconds, seldom enough not to be what is measured

/** Calls `poll` until it returns a value. */
export async function until<T>(poll: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await poll()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}
