import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@headwater/testing'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { changeKeysFile } from '../../src/keys/change-keys-file.ts'
import { issueKey } from '../../src/keys/issue-key.ts'
import { formatKeysFile } from '../../src/keys/parse-keys-file.ts'
import { revokeKeys } from '../../src/keys/revoke-keys.ts'
import { watchKeysFile } from '../../src/keys/watch-keys-file.ts'
import { issuedKey, noon, randomKey } from './random-key.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-watch-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Atomically, so that no half-written file is read. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.next`, text)
  await rename(`${file}.next`, file)
}

async function watched(name: string) {
  const file = join(folder, name)
  const { record } = issuedKey()
  await writeFile(file, formatKeysFile([record]))
  const warnings: string[] = []
  const keys = await watchKeysFile(file, { intervalMs: 5, warn: (line) => void warnings.push(line) })
  onTestFinished(keys.close)
  return { file, record, keys, warnings }
}

it('finds the keys at once, and changes soon after', async () => {
  const { file, record, keys, warnings } = await watched('followed.json')
  expect(keys.find(record.id)).toEqual(record)
  const added = await changeKeysFile(file, (all) =>
    issueKey(all, { name: 'more', scopes: ['read'], lifetimeMs: undefined, now: noon, random: randomKey() }),
  )
  await eventually(() => expect(keys.find(added.key.id)?.name).toBe('more'))
  await changeKeysFile(file, (all) => revokeKeys(all, record.id, noon))
  await eventually(() => expect(keys.find(record.id)).toHaveProperty('revokedAt'))
  expect(warnings).toEqual([])
})

it('notices a change in place that keeps size and modification time', async () => {
  const { file, record, keys } = await watched('in-place.json')
  const other = { ...record, id: record.id.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')) }
  const at = new Date(noon)
  await utimes(file, at, at)
  await writeFile(file, formatKeysFile([other]))
  await utimes(file, at, at)
  await eventually(() => expect(keys.find(other.id)).toEqual(other))
  expect(keys.find(record.id)).toBeUndefined()
})

it('keeps the previous keys while the file is invalid, warns once, and reads it again once it is fixed', async () => {
  const { file, record, keys, warnings } = await watched('broken.json')
  await replace(file, '{ "version": 1,\n "keys": [ hw_secret')
  await eventually(() => expect(warnings).toHaveLength(1))
  expect(warnings[0]).toBe(`${file}, line 2: invalid JSON; keeping the previous keys`)
  expect(keys.find(record.id)).toEqual(record)
  const fixed = issuedKey().record
  await replace(file, formatKeysFile([fixed]))
  await eventually(() => expect(keys.find(fixed.id)).toEqual(fixed))
  expect(warnings).toHaveLength(1)
})

it('keeps the previous keys while the file is missing, and reads it again once it is back', async () => {
  const { file, record, keys, warnings } = await watched('gone.json')
  await rm(file)
  await eventually(() => expect(warnings).toEqual([expect.stringContaining('does not exist')]))
  expect(keys.find(record.id)).toEqual(record)
  await writeFile(file, formatKeysFile([]))
  await eventually(() => expect(keys.find(record.id)).toBeUndefined())
})

it('fails on a file that is missing or invalid at the start', async () => {
  const watch = (file: string) => watchKeysFile(file, { warn: () => expect.unreachable() })
  await expect(watch(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'KEYS_FILE_UNUSABLE' })
  const file = join(folder, 'wrong.json')
  await writeFile(file, '[]')
  await expect(watch(file)).rejects.toThrow(`${file}, line 1`)
})
