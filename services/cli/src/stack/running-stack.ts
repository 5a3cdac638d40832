import { join } from 'node:path'
import {
  readStackState,
  removeStackState,
  type StackState,
  startTimeOf,
  stopStack,
  writeStackState,
} from '@headwater/local'

// Holds: while a stack is being started its supervisor is known by a state of its own in `<home>/starting`; from then on by the
// state in `home`. So a second start finds the first in either situation, and a stop ends it.

export type FoundStack = { readonly situation: 'starting' | 'running'; readonly state: StackState }

const startingIn = (home: string) => join(home, 'starting')

export async function findStack(home: string): Promise<FoundStack | undefined> {
  const running = await readStackState(home)
  if (running !== undefined) return { situation: 'running', state: running }
  const starting = await readStackState(startingIn(home))
  return starting === undefined ? undefined : { situation: 'starting', state: starting }
}

/** Says that this process starts a stack. @returns what takes that back */
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

/** Ends the stack in `home`, also one that is only being started. @returns false when there is none */
export async function endStack(home: string): Promise<boolean> {
  const running = await stopStack(home)
  const starting = await stopStack(startingIn(home))
  return running || starting
}
