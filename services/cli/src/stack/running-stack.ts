import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { shellWord } from '@headwater/config/shell-word'
import {
  readStackState,
  removeStackState,
  type StackState,
  startTimeOf,
  stopStack,
  writeStackState,
} from '@headwater/local/state'
import { CliError } from '../cli-error.ts'

// Holds: while a stack starts, its supervisor is known by a state of its own in `<home>/starting`; from then on by the state in
// `home`. So a second start finds the first at any time, and a stop ends it.

export type FoundStack = { readonly situation: 'starting' | 'running'; readonly state: StackState }

const startingIn = (home: string) => join(home, 'starting')

export async function findStack(home: string): Promise<FoundStack | undefined> {
  const running = await readStackState(home)
  if (running !== undefined) return { situation: 'running', state: running }
  const starting = await readStackState(startingIn(home))
  return starting === undefined ? undefined : { situation: 'starting', state: starting }
}

/** Records that this process is starting a stack. @returns a function that removes the record */
export async function claimStart(home: string): Promise<() => Promise<void>> {
  await writeStackState(startingIn(home), {
    pid: process.pid,
    startTime: (await startTimeOf(process.pid)) ?? 'unknown',
    ready: false,
    addresses: { kafkaBrokers: '', schemaRegistryUrl: '', clickhouseUrl: '' },
    urls: {},
    parts: [],
  })
  return () => removeStackState(startingIn(home))
}

const pollMs = 200

/** Waits until the stack in `home` runs, and returns its state. @throws CliError FAILING when it ends before that */
export async function untilRunning(home: string, note: (line: string) => void): Promise<StackState> {
  let isNoted = false
  for (;;) {
    const found = await findStack(home)
    if (found === undefined)
      throw new CliError('FAILING', `The stack in ${shellWord(home)} ended while it was starting`)
    if (found.situation === 'running') return found.state
    if (!isNoted) note(`Process ${found.state.pid} is starting the stack; waiting`)
    isNoted = true
    await setTimeout(pollMs)
  }
}

const settleMs = 10_000

/** The state of the stack that runs in `home`, once all its parts are ready, or as it is after a while. */
export async function settledState(home: string): Promise<StackState> {
  const deadline = Date.now() + settleMs
  for (;;) {
    const state = await readStackState(home)
    if (state === undefined) throw new CliError('FAILING', `The stack in ${shellWord(home)} has ended; see its logs`)
    if (state.ready || Date.now() > deadline) return state
    await setTimeout(pollMs)
  }
}

/** Stops the stack in `home`, also one that is still starting. @returns false when there is none */
export async function endStack(home: string): Promise<boolean> {
  const running = await stopStack(home)
  const starting = await stopStack(startingIn(home))
  return running || starting
}
