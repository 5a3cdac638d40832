import type { ChildProcess } from 'node:child_process'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError } from '../local-stack-error.ts'
import { type CrashPolicy, defaultCrashPolicy, judgeCrash } from './crash-policy.ts'
import { guardedSpawn, killGuarded } from './guarded-spawn.ts'
import { logTail } from './log-tail.ts'

// Holds: at most one child at a time, which does not outlive this process. A child that ends before it was ever ready is not
// restarted, since a wrong command does not become right; one that ends later is, until the crash policy gives up. After `stop`
// none runs.

export type SupervisedOptions = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  /** Resolves when the process serves; called again until then. */
  readonly check: () => Promise<void>
  readonly readyWithinMs: number
  readonly stopWithinMs: number
  readonly onEvent?: (event: string) => void
  /** Called with the id of every process that is started. */
  readonly onLaunch?: (pid: number) => void
  readonly crashPolicy?: CrashPolicy
}

export type SupervisedState = 'stopped' | 'starting' | 'ready' | 'restarting' | 'failed'

export interface SupervisedProcess {
  readonly name: string
  readonly state: SupervisedState
  readonly restarts: number
  readonly pid: number | undefined
  /** Starts it and waits until it is ready. @throws LocalStackError NOT_READY | PART_CRASHED, with the end of its log */
  start(): Promise<void>
  /** Waits until it is ready, after a crash as well. @throws LocalStackError as `start` */
  ready(): Promise<void>
  /** Sends it a signal. If that ends it, it is restarted, and the end does not count as a crash. */
  kill(signal: NodeJS.Signals): void
  /** Sends SIGTERM, and SIGKILL after `stopWithinMs`. @returns false when it had to be killed or did not run */
  stop(): Promise<boolean>
}

export const superviseProcess = (options: SupervisedOptions): SupervisedProcess => new Supervisor(options)

const pollMs = 100
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

class Supervisor implements SupervisedProcess {
  readonly #options: SupervisedOptions
  #child: ChildProcess | undefined
  #state: SupervisedState = 'stopped'
  #startedAt = 0
  #wasReady = false
  #isKillRequested = false
  #restarts = 0
  #crashes = 0
  #exited: Promise<void> = Promise.resolve()
  #becomingReady: Promise<void> = Promise.resolve()

  constructor(options: SupervisedOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get state(): SupervisedState {
    return this.#state
  }

  get restarts(): number {
    return this.#restarts
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<void> {
    this.#state = 'starting'
    this.#launch()
    await this.#becomingReady.catch((error: unknown) => {
      if (this.#state !== 'stopped') this.#state = 'failed'
      throw error
    })
  }

  async ready(): Promise<void> {
    while (this.#state !== 'ready') {
      if (this.#state === 'failed' || this.#state === 'stopped')
        throw this.#failure('PART_CRASHED', `is ${this.#state}`)
      await this.#becomingReady.catch(() => undefined)
      await pause(pollMs)
    }
  }

  kill(signal: NodeJS.Signals): void {
    if (this.#child === undefined) return
    if (signal === 'SIGKILL' || signal === 'SIGTERM') {
      this.#isKillRequested = true
      if (this.#state === 'ready') this.#state = 'restarting' // its end is noticed later; a caller must not read 'ready' until then
    }
    this.#child.kill(signal)
  }

  async stop(): Promise<boolean> {
    this.#state = 'stopped'
    const last = this.#child
    if (last === undefined) {
      await this.#exited
      return false
    }
    let isKilled = false
    last.kill('SIGTERM')
    const timer = setTimeout(() => {
      isKilled = true
      killGuarded(last)
    }, this.#options.stopWithinMs)
    await this.#exited
    clearTimeout(timer)
    return !isKilled
  }

  #launch(): void {
    const launched = guardedSpawn(this.#options)
    this.#child = launched
    this.#startedAt = Date.now()
    this.#isKillRequested = false
    if (launched.pid !== undefined) this.#options.onLaunch?.(launched.pid)
    this.#exited = endOf(launched).then((how) => {
      killGuarded(launched)
      launched.stdin?.destroy()
      this.#child = undefined
      this.#onEnd(how)
    })
    this.#becomingReady = this.#becomeReady(launched)
    this.#becomingReady.catch(() => undefined)
  }

  #onEnd(how: string): void {
    if (this.#state === 'stopped' || this.#state === 'failed') return
    if (!this.#wasReady) this.#state = 'failed'
    else if (this.#isKillRequested) this.#restart(0)
    else this.#onCrash(how)
  }

  #onCrash(how: string): void {
    const { name, logFile, onEvent, crashPolicy = defaultCrashPolicy } = this.#options
    const verdict = judgeCrash(crashPolicy, this.#crashes, Date.now() - this.#startedAt)
    this.#crashes = verdict.crashes
    if (verdict.kind === 'restart') {
      onEvent?.(`${name} ${how}; restarting it`)
      this.#restart(verdict.delayMs)
    } else {
      this.#state = 'failed'
      onEvent?.(`${name} ${how}, ${verdict.crashes} times in a row, and is not restarted; see ${shellWord(logFile)}`)
    }
  }

  #restart(delayMs: number): void {
    this.#state = 'restarting'
    setTimeout(() => {
      if (this.#state !== 'restarting') return
      this.#restarts++
      this.#launch()
    }, delayMs)
  }

  async #becomeReady(launched: ChildProcess): Promise<void> {
    const { check, readyWithinMs } = this.#options
    const deadline = Date.now() + readyWithinMs
    for (;;) {
      const cause = await check().then(
        () => undefined,
        (error: unknown) => error ?? new Error('no reason given'),
      )
      if (this.#child !== launched) throw this.#failure('PART_CRASHED', 'ended while starting', cause)
      if (cause === undefined) break
      if (Date.now() > deadline) {
        killGuarded(launched)
        throw this.#failure('NOT_READY', `is not ready after ${readyWithinMs / 1000} s`, cause)
      }
      await pause(pollMs)
    }
    this.#wasReady = true
    if (!this.#isKillRequested && this.#state !== 'stopped') this.#state = 'ready'
  }

  #failure(code: 'PART_CRASHED' | 'NOT_READY', problem: string, cause?: unknown): LocalStackError {
    const { name, logFile } = this.#options
    const reason = code === 'NOT_READY' && cause instanceof Error ? ` (${cause.message})` : ''
    const log = logTail(logFile, 3).join(' | ') || '(its log is empty)'
    return new LocalStackError(code, `${name} ${problem}${reason}: ${log}`, { cause })
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`did not start (${error.message})`))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    )
  })
}
