import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { privateFolder } from '../home/private-folder.ts'
import type { StackAddresses } from './addresses.ts'

/** The state of a running supervisor, which other processes read from `<home>/run/state.json`. */
export type StackState = {
  /** Process id of the supervisor. */
  readonly pid: number
  /** When that process started, as the system counts, so that a reused process id is not mistaken for it. */
  readonly startTime: string
  readonly ready: boolean
  readonly addresses: StackAddresses
  /** Addresses of the services by name: the API, the gateway ... */
  readonly urls: Readonly<Record<string, string>>
  readonly parts: readonly {
    readonly name: string
    readonly pid: number | undefined
    readonly state: string
    /** When it came into this state, in ISO 8601. */
    readonly since?: string
    readonly restarts: number
    /** Why it is not ready: how it ended, and the last line of its log. */
    readonly reason?: string | undefined
    /** When it is started again, in ISO 8601. */
    readonly nextTry?: string | undefined
    readonly logFile?: string
  }[]
}

const fileIn = (home: string) => join(home, 'run', 'state.json')

export async function writeStackState(home: string, state: StackState): Promise<void> {
  const file = fileIn(home)
  await mkdir(dirname(file), privateFolder)
  const draft = `${file}.${randomUUID()}`
  try {
    await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** The state of the stack in `home` if its supervisor lives; undefined otherwise. */
export async function readStackState(home: string): Promise<StackState | undefined> {
  try {
    const state = JSON.parse(await readFile(fileIn(home), 'utf8')) as StackState
    return (await startTimeOf(state.pid)) === state.startTime ? state : undefined
  } catch {
    return undefined
  }
}

export const removeStackState = (home: string): Promise<void> => rm(fileIn(home), { force: true })

/** When a process started; undefined when no process has this id. Without /proc the result only shows that it exists. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : (fields[19] ?? 'unknown')
  } catch {
    try {
      process.kill(pid, 0)
      return process.platform === 'linux' ? undefined : 'unknown'
    } catch {
      return undefined
    }
  }
}

/**
 * Ends the supervisor of the stack in `home`, and with it the stack; kills it when that takes too long.
 * @returns false when none runs
 * @throws Error when it cannot be ended
 */
export async function stopStack(home: string, withinMs = 45_000): Promise<boolean> {
  const state = await readStackState(home)
  if (state === undefined) return false
  process.kill(state.pid, 'SIGTERM')
  if (!(await endsWithin(state, withinMs))) {
    process.kill(state.pid, 'SIGKILL') // its parts end with it
    if (!(await endsWithin(state, 5_000))) throw new Error(`Process ${state.pid} cannot be ended`)
  }
  await removeStackState(home)
  return true
}

async function endsWithin({ pid, startTime }: StackState, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms
  while ((await startTimeOf(pid)) === startTime) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return true
}
