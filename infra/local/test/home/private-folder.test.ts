import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makePrivate } from '../../src/home/private-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'headwater-private-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('a new folder is closed to other users, with the folders above it', () => {
  expect(makePrivate(join(parent, 'new', 'home'))).toBeUndefined()
  expect([modeOf(join(parent, 'new')), modeOf(join(parent, 'new', 'home'))]).toEqual(['700', '700'])
})

test.each([0o755, 0o775, 0o750, 0o701])('an existing folder of mode %o is closed, which one line reports', (mode) => {
  const folder = mkdtempSync(join(parent, 'home-'))
  chmodSync(folder, mode)
  expect(makePrivate(folder)).toContain(`was open to other users of this machine (mode ${mode.toString(8)})`)
  expect(modeOf(folder)).toBe('700')
  expect(makePrivate(folder)).toBeUndefined()
})

test('a folder that all users share is left as it is and refused', () => {
  const folder = mkdtempSync(join(parent, 'shared-'))
  chmodSync(folder, 0o1777)
  expect(() => makePrivate(folder)).toThrow(expect.objectContaining({ code: 'HOME_NOT_PRIVATE' }))
  expect(modeOf(folder)).toBe('777')
})
