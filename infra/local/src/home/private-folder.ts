import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError } from '../local-stack-error.ts'

/** Only the owner of a folder enters it. */
export const privateFolder = { recursive: true, mode: 0o700 } as const

const openBits = 0o077
const stickyBit = 0o1000

/**
 * Makes a folder that only its owner enters, or takes the rights of all others from an existing one.
 * @returns a line for people when the rights of an existing folder were changed
 * @throws LocalStackError HOME_NOT_PRIVATE when it cannot be
 */
export function makePrivate(folder: string): string | undefined {
  mkdirSync(folder, privateFolder)
  const { mode } = statSync(folder)
  if (process.platform === 'win32' || (mode & openBits) === 0) return undefined
  const found = (mode & 0o7777).toString(8)
  if ((mode & stickyBit) !== 0)
    throw notPrivate(folder, `is a folder that all users share (mode ${found})`, 'to a folder of its own')
  try {
    chmodSync(folder, mode & 0o700)
  } catch (cause) {
    throw notPrivate(
      folder,
      `is open to other users (mode ${found}) and not yours to close`,
      'to a folder of yours',
      cause,
    )
  }
  return `${shellWord(folder)} was open to other users of this machine (mode ${found}); now only you can enter it (mode 700)`
}

const notPrivate = (folder: string, problem: string, remedy: string, cause?: unknown) =>
  new LocalStackError('HOME_NOT_PRIVATE', `${shellWord(folder)} ${problem}: set HEADWATER_HOME ${remedy}`, { cause })
