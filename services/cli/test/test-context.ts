import { loadConfig } from '../src/config.ts'
import type { Context } from '../src/context.ts'

/** A context whose output is kept. */
export function testContext(env: Readonly<Record<string, string>> = {}) {
  const printed: string[] = []
  const noted: string[] = []
  const context: Context = {
    env,
    loadConfig: async () => loadConfig(env),
    stdin: process.stdin,
    print: (line) => void printed.push(line),
    write: (bytes) => void printed.push(Buffer.from(bytes).toString('latin1')),
    note: (line) => void noted.push(line),
    width: undefined,
    colour: false,
    now: () => Date.UTC(2026, 0, 15, 12),
    script: '',
    report: undefined,
    exitNow: (code) => {
      throw new Error(`exit ${code}`)
    },
    onSignal: () => () => {},
  }
  return { context, printed, noted }
}
