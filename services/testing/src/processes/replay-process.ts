import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type ProjectorProcessOptions, projectorEnv } from './projector-process.ts'

type Line = { readonly kind: string } & Readonly<Record<string, unknown>>

/** The built replay as a process. */
export class ReplayProcess {
  /** What it reported so far. */
  readonly lines: Line[] = []
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  #errors = ''

  constructor(options: ProjectorProcessOptions, args: readonly string[] = []) {
    const main = fileURLToPath(new URL('../../../projector/dist/replay-main.js', import.meta.url))
    const child = spawn(process.execPath, ['--min-semi-space-size=64', '--max-semi-space-size=64', main, ...args], {
      env: projectorEnv(options),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    createInterface({ input: child.stdout }).on('line', (line) => this.lines.push(JSON.parse(line) as Line))
    child.stderr.on('data', (part: Buffer) => (this.#errors += part.toString()))
    this.#child = child
    this.#ended = once(child, 'close')
  }

  get errors(): string {
    return this.#errors
  }

  of(kind: string): readonly Line[] {
    return this.lines.filter((line) => line.kind === kind)
  }

  /** Sends a signal that does not end it, such as SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal)
    return this.exit()
  }

  /** Its exit code, when it has ended. */
  async exit(): Promise<number | null> {
    await this.#ended
    return this.#child.exitCode
  }
}
