import { randomUUID } from 'node:crypto'
import { appendFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { privateFolder } from '../home/private-folder.ts'
import { LocalStackError } from '../local-stack-error.ts'
import { startTimeOf } from './stack-state.ts'

// Holds: at most one running process has claimed a home. `<home>/run/claim` names it in its first line, and in later lines every
// process it started, each by id and start time.

export type HomeClaim = {
  /** Notes a process that has to be gone before another may use the home. */
  note(pid: number): Promise<void>
  release(): void
}

const fileIn = (home: string) => join(home, 'run', 'claim')
const leftoverGraceMs = 15_000

/**
 * Makes this process the home's only user; what a dead one left running is waited for, and killed if need be.
 * @throws LocalStackError ALREADY_RUNNING
 */
export async function claimHome(home: string): Promise<HomeClaim> {
  const file = fileIn(home)
  mkdirSync(join(home, 'run'), privateFolder)
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, await lineOf(process.pid))
  try {
    while (!linked(draft, file)) await clear(file)
  } finally {
    rmSync(draft)
  }
  let released = false
  return {
    async note(pid) {
      const line = await lineOf(pid)
      try {
        if (!released) appendFileSync(file, line)
      } catch {
        // No space: it still ends with this process, only nobody waits for it.
      }
    },
    release() {
      released = true
      rmSync(file, { force: true })
    },
  }
}

const lineOf = async (pid: number) => `${pid} ${(await startTimeOf(pid)) ?? 'unknown'}\n`

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

async function clear(file: string): Promise<void> {
  const [owner] = await livingIn(file, 1)
  if (owner !== undefined) throw new LocalStackError('ALREADY_RUNNING', `A stack runs here already (process ${owner})`)
  await endLeftovers(file)
  const stale = `${file}.${randomUUID()}`
  try {
    renameSync(file, stale)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return // another start was faster
    throw error
  }
  // That may have been the claim of another start, made since it was read.
  const [living] = await livingIn(stale, 1)
  if (living !== undefined) linked(stale, file)
  rmSync(stale)
}

async function endLeftovers(file: string): Promise<void> {
  const deadline = Date.now() + leftoverGraceMs
  for (let left = await livingIn(file); left.length > 0; left = await livingIn(file)) {
    if (Date.now() > deadline) for (const pid of left) process.kill(pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Those of the first `lines` named processes that live. */
async function livingIn(file: string, lines = Number.POSITIVE_INFINITY): Promise<readonly number[]> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  const living: number[] = []
  for (const line of text.split('\n').filter(Boolean).slice(0, lines)) {
    const [pid, startTime] = line.split(' ')
    if ((await startTimeOf(Number(pid))) === startTime) living.push(Number(pid))
  }
  return living
}
