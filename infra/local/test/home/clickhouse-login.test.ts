import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findClickHouseLogin, makeClickHouseLogin, passwordFileOf } from '../../src/home/clickhouse-login.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'headwater-login-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('a home gets one random password, in a file that only its owner reads', () => {
  const made = makeClickHouseLogin(home, {})
  const file = passwordFileOf(home)
  expect(made).toEqual({ username: 'default', password: expect.stringMatching(/^[\w-]{43}$/) })
  expect(readFileSync(file, 'utf8')).toBe(`${made.password}\n`)
  expect([modeOf(file), modeOf(dirname(file))]).toEqual(['600', '700'])
  expect(readdirSync(dirname(file))).toEqual(['clickhouse-password'])
  expect(makeClickHouseLogin(home, {})).toEqual(made)
  expect(findClickHouseLogin(home, {})).toEqual(made)
})

test('no two homes have the same password', () => {
  const other = mkdtempSync(join(tmpdir(), 'headwater-login-'))
  expect(makeClickHouseLogin(other, {}).password).not.toBe(makeClickHouseLogin(home, {}).password)
  rmSync(other, { recursive: true })
})

test('the environment has precedence, and its password is not stored', () => {
  const env = { CLICKHOUSE_USER: 'ann', CLICKHOUSE_PASSWORD: 'given' }
  expect(makeClickHouseLogin(home, env)).toEqual({ username: 'ann', password: 'given' })
  expect(readdirSync(home)).toEqual([])
  expect(findClickHouseLogin(home, { CLICKHOUSE_PASSWORD: '' })).toBeUndefined()
})

test.each([0o644, 0o640, 0o604, 0o660])('a file of mode %o is refused, with what to do', (mode) => {
  makeClickHouseLogin(home, {})
  chmodSync(passwordFileOf(home), mode)
  const find = () => findClickHouseLogin(home, {})
  expect(find).toThrow(`is readable by other users of this machine (mode ${mode.toString(8)}): delete it`)
  expect(find).toThrow(expect.objectContaining({ code: 'SECRET_UNUSABLE' }))
  expect(() => makeClickHouseLogin(home, {})).toThrow(expect.objectContaining({ code: 'SECRET_UNUSABLE' }))
})

test.each(['', '\n', 'two words', 'two\nlines'])('a file that holds no password is refused: %j', (text) => {
  makeClickHouseLogin(home, {})
  writeFileSync(passwordFileOf(home), text)
  expect(() => makeClickHouseLogin(home, {})).toThrow(/holds no password: delete it/)
})

test('a link in place of the file is not followed', () => {
  makeClickHouseLogin(home, {})
  const elsewhere = join(home, 'elsewhere')
  writeFileSync(elsewhere, 'known\n', { mode: 0o600 })
  rmSync(passwordFileOf(home))
  symlinkSync(elsewhere, passwordFileOf(home))
  expect(() => makeClickHouseLogin(home, {})).toThrow(/ELOOP/)
})
