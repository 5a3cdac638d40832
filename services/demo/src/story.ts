/** What the demo says while it runs. */
export type Story = ReturnType<typeof createStory>

const codes = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 } as const

export type Paint = (style: keyof typeof codes, text: string) => string

export const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text

export const thousands = (count: number) => Math.round(count).toLocaleString('en-US')

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

export function createStory(say: (line: string) => void, paint: Paint) {
  const line = (mark: string, name: string, what: string, since: number) =>
    say(`  ${mark} ${name.padEnd(22)} ${what.padEnd(52)} ${paint('dim', seconds(since))}`)
  return {
    team: (name: string, does: string) => say(`\n${paint('bold', name)} ${paint('dim', does)}`),
    /** Waits for a step and says what came of it. */
    async step<T>(name: string, working: Promise<T>, sum: (done: T) => string): Promise<T> {
      const since = performance.now()
      const done = await working
      line(paint('green', '✓'), name, sum(done), since)
      return done
    },
    /** Waits for a step that the data make fail; the story goes on. */
    async failingStep(name: string, working: Promise<unknown>): Promise<void> {
      const since = performance.now()
      try {
        await working
        line(paint('green', '✓'), name, 'did not fail: the data are better than expected', since)
      } catch (error) {
        line(paint('red', '✗'), name, paint('red', error instanceof Error ? error.message : String(error)), since)
        say(paint('dim', '      intended: the real data are that bad, the run FAILED, and everything else goes on'))
      }
    },
  }
}
