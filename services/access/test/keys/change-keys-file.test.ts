import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeKeysFile, readKeysFile } from '../../src/keys/change-keys-file.ts'
import { issueKey } from '../../src/keys/issue-key.ts'
import type { KeyRecord } from '../../src/keys/key-record.ts'
import { KeysFileError } from '../../src/keys/keys-file-error.ts'
import { noon, randomKey } from './random-key.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

const add = (name: string) => (keys: readonly KeyRecord[]) =>
  issueKey(keys, { name, scopes: ['read'], lifetimeMs: undefined, now: noon, random: randomKey() })
const namesIn = async (file: string) => (await readKeysFile(file)).map(({ name }) => name)

describe('a change of the keys file', () => {
  it('creates the file and its folder for their owner only, and keeps existing keys', async () => {
    const file = join(folder, 'new', 'keys.json')
    await changeKeysFile(file, add('one'))
    await changeKeysFile(file, add('two'))
    expect(await namesIn(file)).toEqual(['one', 'two'])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'new'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(folder, 'new'))).toEqual(['keys.json'])
  })

  it('stores no secret', async () => {
    const file = join(folder, 'hashes.json')
    const { key } = await changeKeysFile(file, add('one'))
    const content = await readFile(file, 'utf8')
    expect(content).toContain(key.id)
    expect(content).not.toContain(key.text.slice(-43))
  })

  it('replaces the file atomically: open handles keep the old content', async () => {
    const file = join(folder, 'whole.json')
    await changeKeysFile(file, add('one'))
    const before = await stat(file)
    await changeKeysFile(file, add('two'))
    expect((await stat(file)).ino).not.toBe(before.ino)
  })

  it('is never lost to a concurrent change', async () => {
    const file = join(folder, 'race.json')
    const names = Array.from({ length: 8 }, (_, index) => `key-${index}`)
    const results = await Promise.allSettled(names.map((name) => changeKeysFile(file, add(name))))
    const made = names.filter((_, index) => results[index]?.status === 'fulfilled')
    expect(made.length).toBeGreaterThan(0)
    expect((await namesIn(file)).toSorted()).toEqual(made)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'KEYS_FILE_UNUSABLE' })
    }
  })

  it('that fails leaves the file unchanged and no other file behind', async () => {
    const file = join(folder, 'failing', 'keys.json')
    await changeKeysFile(file, add('one'))
    const before = await readFile(file, 'utf8')
    const failing = changeKeysFile(file, () => {
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await readFile(file, 'utf8')).toBe(before)
    expect(await readdir(join(folder, 'failing'))).toEqual(['keys.json'])
  })

  it('overwrites neither an invalid file nor the file of a concurrent change', async () => {
    const broken = join(folder, 'broken.json')
    await writeFile(broken, '{ "version": 1 ')
    await expect(changeKeysFile(broken, add('one'))).rejects.toThrow(KeysFileError)
    expect(await readFile(broken, 'utf8')).toBe('{ "version": 1 ')
    const held = join(folder, 'held.json')
    await writeFile(`${held}.new`, 'another')
    await expect(changeKeysFile(held, add('one'))).rejects.toThrow(`${held}.new exists`)
    expect(await readFile(`${held}.new`, 'utf8')).toBe('another')
  })

  it('follows a symbolic link and keeps it', async () => {
    const [file, link] = [join(folder, 'target.json'), join(folder, 'link.json')]
    await changeKeysFile(file, add('one'))
    await symlink(file, link)
    await changeKeysFile(link, add('two'))
    expect(await namesIn(file)).toEqual(['one', 'two'])
    expect(await readFile(link, 'utf8')).toBe(await readFile(file, 'utf8'))
  })
})

it('refuses to read a missing file, and names the command that creates it', async () => {
  const file = join(folder, 'none.json')
  await expect(readKeysFile(file)).rejects.toThrow(`${file} does not exist; create a key with: headwater keys create`)
  expect(await readKeysFile(file, [])).toEqual([])
})
