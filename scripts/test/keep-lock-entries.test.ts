import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keepLockEntries } from '../keep-lock-entries.mjs'
import { root } from './source-files.ts'

const { packages: current } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

const asking = (version: string) => ({
  version: '3.0.0',
  integrity: 'sha512-e',
  optionalDependencies: { lib: version },
})
const lib = { version: '1.0.0', integrity: 'sha512-l', optional: true, os: ['darwin'] }
const before = { 'node_modules/engine': asking('1.0.0'), 'node_modules/lib': lib }

it('a lock file that lost nothing stays as it is, byte for byte', () => {
  expect(JSON.stringify(keepLockEntries(current, current))).toBe(JSON.stringify(current))
})

it('gets back the packages for other platforms that the registry does not serve', () => {
  const foreign = /node_modules\/@chdb\/lib-(darwin|linux-arm64)/
  const lost = Object.fromEntries(Object.entries(current).filter(([path]) => !foreign.test(path)))
  expect(Object.keys(lost)).toHaveLength(Object.keys(current).length - 3)
  expect(JSON.stringify(keepLockEntries(lost, current))).toBe(JSON.stringify(current))
})

it('gets back an integrity, also of a package that moved, in the place where npm writes it', () => {
  const { integrity: _, ...bare } = lib
  const moved = { 'node_modules/engine': asking('1.0.0'), 'node_modules/engine/node_modules/lib': bare }
  const kept = keepLockEntries(moved, before)
  expect(Object.keys(kept)).toEqual(Object.keys(moved))
  expect(JSON.stringify(kept['node_modules/engine/node_modules/lib'])).toBe(JSON.stringify(lib))
})

it('keeps nothing of another version, and nothing that is no longer asked for', () => {
  const bare = { version: '1.1.0', optional: true }
  const updated = { 'node_modules/engine': asking('1.1.0'), 'node_modules/lib': bare }
  expect(keepLockEntries(updated, before)).toEqual(updated)
  expect(keepLockEntries({ 'node_modules/engine': asking('1.1.0') }, before)).not.toHaveProperty(['node_modules/lib'])
  expect(keepLockEntries({}, before)).toEqual({})
})
