import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError } from '../local-stack-error.ts'
import { privateFolder } from './private-folder.ts'

// Holds: the password of a home is made once, by whoever links the file first, and the file is never readable by other users, not
// even while it is written.

export type ClickHouseLogin = { readonly username: string; readonly password: string }

type Environment = Readonly<Record<string, string | undefined>>

/** The environment variables that give a service the login. */
export const loginVariables = ({ username, password }: ClickHouseLogin) => ({
  CLICKHOUSE_USER: username,
  CLICKHOUSE_PASSWORD: password,
})

export const passwordFileOf = (home: string): string => join(home, 'secrets', 'clickhouse-password')

/**
 * Who may query the embedded ClickHouse of a home: as the environment says, else with the password in the home's file.
 * @returns undefined when neither has a password
 * @throws LocalStackError SECRET_UNUSABLE when other users can read the file, or it is empty
 */
export function findClickHouseLogin(home: string, env: Environment): ClickHouseLogin | undefined {
  return loginOf(env, () => readPassword(passwordFileOf(home)))
}

/** The login that the environment has. @param otherwise the password where it has none */
export function loginOf(
  { CLICKHOUSE_USER, CLICKHOUSE_PASSWORD }: Environment,
  otherwise: () => string | undefined = () => undefined,
): ClickHouseLogin | undefined {
  const password = CLICKHOUSE_PASSWORD || otherwise()
  return password === undefined ? undefined : { username: CLICKHOUSE_USER || 'default', password }
}

/** As `findClickHouseLogin`, but makes a random password and its file where there is none. */
export function makeClickHouseLogin(home: string, env: Environment): ClickHouseLogin {
  const file = passwordFileOf(home)
  const made = () => readPassword(file) ?? makePassword(file)
  return { username: env['CLICKHOUSE_USER'] || 'default', password: env['CLICKHOUSE_PASSWORD'] || made() }
}

function makePassword(file: string): string {
  mkdirSync(join(file, '..'), privateFolder)
  const draft = `${file}.${randomUUID()}`
  const password = randomBytes(32).toString('base64url')
  writeFileSync(draft, `${password}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, file)
    return password
  } catch (error) {
    const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? readPassword(file) : undefined
    if (other === undefined) throw error
    return other
  } finally {
    rmSync(draft)
  }
}

function readPassword(file: string): string | undefined {
  let descriptor: number
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const mode = fstatSync(descriptor).mode & 0o777
    const name = shellWord(file)
    if ((mode & 0o077) !== 0)
      throw new LocalStackError(
        'SECRET_UNUSABLE',
        `${name} is readable by other users of this machine (mode ${mode.toString(8)}): delete it, and the next start makes a new password; or keep the password with: chmod 600 ${name}`,
      )
    const password = readFileSync(descriptor, 'utf8').trim()
    if (/^[\x21-\x7e]+$/.test(password)) return password
    throw new LocalStackError('SECRET_UNUSABLE', `${name} holds no password: delete it, and the next start makes one`)
  } finally {
    closeSync(descriptor)
  }
}
