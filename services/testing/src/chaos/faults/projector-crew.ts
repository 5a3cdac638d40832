// Holds: between `start` and `stop` two projectors of one group run, but for the time that a fault takes. One that ends by itself is noted
// and started again.
import { setTimeout as pause } from 'node:timers/promises'
import { ProjectorProcess, type ProjectorProcessOptions } from '../../processes/projector-process.ts'

export type UnexpectedEnd = { readonly projector: string; readonly how: string; readonly output: string }

const names = ['projector 1', 'projector 2'] as const
const restartMs = 1_000
const shownOutput = 2_000

export class ProjectorCrew {
  readonly #options: ProjectorProcessOptions
  readonly #members: readonly ProjectorProcess[]
  readonly #turns: Promise<void>[] = names.map(() => Promise.resolve())
  readonly #ends: UnexpectedEnd[] = []
  #isStopping = false

  constructor(options: ProjectorProcessOptions) {
    this.#options = options
    this.#members = names.map((name) => this.#projector(name))
  }

  get unexpectedEnds(): readonly UnexpectedEnd[] {
    return this.#ends
  }

  start(): void {
    for (const member of this.#members) member.start()
  }

  /** Ends both with SIGTERM, and notes a projector that does not end in order. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all(this.#members.map((member, index) => this.#end(member, names[index] ?? '')))
  }

  kill(index: 0 | 1, dead: () => Promise<void>): Promise<void> {
    return this.#inTurn(index, async (member) => {
      await member.end('SIGKILL')
      await dead()
      if (!this.#isStopping) member.start()
    })
  }

  freeze(index: 0 | 1, frozen: () => Promise<void>): Promise<void> {
    return this.#inTurn(index, async (member) => {
      member.signal('SIGSTOP')
      await frozen()
      member.signal('SIGCONT')
    })
  }

  /** A third projector joins and leaves again. While a part is down it may leave with an error, having stored less. */
  async guest(stays: () => Promise<void>): Promise<void> {
    const guest = this.#projector('projector 3')
    guest.start()
    await stays()
    await guest.end('SIGTERM')
  }

  /** Ends all at once; for a run that cannot go on. */
  async destroy(): Promise<void> {
    this.#isStopping = true
    await Promise.all(this.#members.map((member) => member.end('SIGKILL')))
  }

  /** Sends SIGTERM once the projector handles signals: while it loads its code a signal kills it. */
  async #end(projector: ProjectorProcess, name: string): Promise<void> {
    await projector.begun
    const code = await projector.end('SIGTERM')
    if (code !== 0) this.#note(name, `ended with ${code ?? 'a signal'} after SIGTERM`, projector)
  }

  #projector(name: string): ProjectorProcess {
    const projector: ProjectorProcess = new ProjectorProcess({
      ...this.#options,
      onUnexpectedEnd: (how) => {
        this.#note(name, how, projector)
        void pause(restartMs).then(() => {
          if (!this.#isStopping && this.#members.includes(projector)) projector.start()
        })
      },
    })
    return projector
  }

  #note(projector: string, how: string, { output }: ProjectorProcess): void {
    this.#ends.push({ projector, how, output: output.slice(-shownOutput) })
  }

  /** What strikes the same projector does so one after another. */
  #inTurn(index: 0 | 1, strike: (member: ProjectorProcess) => Promise<void>): Promise<void> {
    const member = this.#members[index]
    const turn = (this.#turns[index] ?? Promise.resolve()).then(async () => {
      if (member !== undefined) await strike(member)
    })
    this.#turns[index] = turn.catch(() => undefined)
    return turn
  }
}
