import { styleText } from 'node:util'

/** Prints the progress of the demo. */
export type Story = ReturnType<typeof createStory>

export type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'cyan', text: string) => string

export const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour ? styleText(style, text, { validateStream: false }) : text

export const thousands = (count: number) => Math.round(count).toLocaleString('en-US')

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

export function createStory(print: (line: string) => void, paint: Paint) {
  const line = (mark: string, name: string, result: string, since: number) =>
    print(`  ${mark} ${name.padEnd(22)} ${result.padEnd(52)} ${paint('dim', seconds(since))}`)
  return {
    team: (name: string, does: string) => print(`\n${paint('bold', name)} ${paint('dim', does)}`),
    /** Waits for a step, and prints a summary of its result. */
    async step<T>(name: string, working: Promise<T>, summary: (result: T) => string): Promise<T> {
      const since = performance.now()
      const result = await working
      line(paint('green', '✓'), name, summary(result), since)
      return result
    },
    /** Waits for a step that the data cause to fail; the demo continues. */
    async failingStep(name: string, working: Promise<unknown>): Promise<void> {
      const since = performance.now()
      try {
        await working
        line(paint('green', '✓'), name, 'succeeded: the data are better than expected', since)
      } catch (error) {
        line(paint('red', '✗'), name, paint('red', error instanceof Error ? error.message : String(error)), since)
        print(
          paint('dim', '      expected: the real data lack these states, so the run FAILED; everything else continues'),
        )
      }
    },
  }
}
