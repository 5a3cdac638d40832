import { mkdtempSync } from 'node:fs'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCli } from '../../src/run-cli.ts'
import { testContext } from '../test-context.ts'

const home = mkdtempSync(join(tmpdir(), 'headwater-keys-'))
afterAll(() => rm(home, { recursive: true }))

async function headwater(...args: readonly string[]) {
  const { context, printed, noted } = testContext({ HEADWATER_HOME: home })
  const code = await runCli(['keys', ...args], context)
  return { code, printed, noted: noted.join('\n') }
}

const secretIn = (text: string) => /hw_[0-9a-f]{16}_([\w-]{43})/.exec(text)?.[1] ?? 'none'
const fileOf = (name: string) => join(home, `${name}.json`)

describe('headwater keys create', () => {
  it('prints only the key to standard output, and how to use it to standard error', async () => {
    const file = fileOf('create')
    const { code, printed, noted } = await headwater('create', 'airflow', '--scope', 'ingest', '--file', file)
    expect(code).toBe(0)
    expect(printed).toEqual([expect.stringMatching(/^hw_[0-9a-f]{16}_[\w-]{43}$/)])
    expect(noted).toContain('it is not shown again')
    expect(noted).toContain('OPENLINEAGE_API_KEY')
    expect(noted).toContain(`HEADWATER_KEYS_FILE=${file}`)
    expect(noted).not.toContain('HEADWATER_API_KEY')
    expect(noted).not.toContain(secretIn(printed[0] ?? ''))
    expect(await readFile(file, 'utf8')).not.toContain(secretIn(printed[0] ?? ''))
  })

  it('creates the file in the home directory by default, readable by its owner only', async () => {
    await headwater('create', 'bi', '--scope', 'read', '--scope', 'ingest', '--expires', '90d')
    const file = join(home, 'keys.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(file, 'utf8')).keys).toMatchObject([
      {
        name: 'bi',
        scopes: ['read', 'ingest'],
        createdAt: '2026-01-15T12:00:00.000Z',
        expiresAt: '2026-04-15T12:00:00.000Z',
      },
    ])
  })

  it('prints everything but the hash as JSON', async () => {
    const { printed } = await headwater('create', 'ci', '--scope', 'admin', '--file', fileOf('json'), '--json')
    const answer = JSON.parse(printed.join('\n'))
    expect(answer).toMatchObject({ key: expect.stringMatching(/^hw_/), name: 'ci', scopes: ['admin'], state: 'active' })
    expect(answer).not.toHaveProperty('hash')
  })

  it('does not create a second active key with the same name', async () => {
    const args = ['create', 'twice', '--scope', 'read', '--file', fileOf('twice')]
    await headwater(...args)
    const { code, printed, noted } = await headwater(...args)
    expect({ code, printed }).toEqual({ code: 1, printed: [] })
    expect(noted).toContain('headwater keys rotate twice')
    await headwater('revoke', 'twice', '--file', fileOf('twice'))
    expect(await headwater(...args)).toMatchObject({ code: 0 })
  })

  it.each([
    ['a scope is missing', ['create', 'x']],
    ['a scope is invalid', ['create', 'x', '--scope', 'write']],
    ['a name is invalid', ['create', 'a b', '--scope', 'read']],
    ['a lifetime is invalid', ['create', 'x', '--scope', 'read', '--expires', 'soon']],
    ['a lifetime is zero', ['create', 'x', '--scope', 'read', '--expires', '0d']],
    ['an overlap is invalid', ['rotate', 'x', '--overlap', '-1h']],
  ])('is wrong usage when %s', async (_, args) => {
    expect(await headwater(...args)).toMatchObject({ code: 2, printed: [] })
  })
})

describe('headwater keys list', () => {
  it('shows names, ids, scopes and states, and no secret', async () => {
    const file = fileOf('list')
    const { printed: keys } = await headwater('create', 'one', '--scope', 'ingest', '--file', file, '--expires', '1h')
    await headwater('create', 'two', '--scope', 'read', '--file', file)
    await headwater('rotate', 'one', '--overlap', '0s', '--file', file)
    await headwater('revoke', 'two', '--file', file)
    const { code, printed } = await headwater('list', '--file', file)
    expect(code).toBe(0)
    expect(printed.map((line) => line.replaceAll(/[0-9a-f]{16}/g, '<id>'))).toEqual([
      'Name  Id                Scopes  State    Created   Ends',
      expect.stringMatching(/^one {3}<id> {2}ingest {2}expired {2}0 ms ago {2}/),
      expect.stringMatching(/^two {3}<id> {2}read {4}revoked {2}0 ms ago {2}revoked 0 ms ago$/),
      expect.stringMatching(/^one {3}<id> {2}ingest {2}active {3}0 ms ago {2}in 1 h$/),
    ])
    const json = (await headwater('list', '--file', file, '--json')).printed.join('')
    expect(JSON.parse(json).items.map(({ state }: { state: string }) => state)).toEqual([
      'expired',
      'revoked',
      'active',
    ])
    expect(json).not.toContain('sha256')
    for (const text of [json, printed.join('\n')]) expect(text).not.toContain(secretIn(keys[0] ?? ''))
  })

  it('says that the file has no keys', async () => {
    expect(await headwater('list', '--file', fileOf('none'))).toMatchObject({
      ...{ code: 0, printed: [] },
      noted: expect.stringContaining('No keys in'),
    })
  })

  it('names the file and line of a syntax error, without quoting it', async () => {
    const file = fileOf('broken')
    await writeFile(file, '{ "keys": hw_secret')
    const { code, noted } = await headwater('list', '--file', file)
    expect(code).toBe(2)
    expect(noted).toBe(`headwater: ${file}, line 1: invalid JSON`)
  })
})

describe('headwater keys rotate', () => {
  it('prints a new key and until when the old one is valid', async () => {
    const file = fileOf('rotate')
    const { printed: before } = await headwater('create', 'one', '--scope', 'ingest', '--file', file)
    const { code, printed, noted } = await headwater('rotate', 'one', '--overlap', '2h', '--file', file)
    expect(code).toBe(0)
    expect(printed[0]).not.toBe(before[0])
    expect(noted).toContain(`${before[0]?.slice(3, 19)}, is valid until 2026-01-15 14:00 UTC`)
    const { printed: json } = await headwater('rotate', 'one', '--file', file, '--json')
    expect(JSON.parse(json.join('')).replaced).toMatchObject([
      { expiresAt: '2026-01-15T14:00:00.000Z' },
      { expiresAt: '2026-01-16T12:00:00.000Z' },
    ])
  })

  it('is refused if no active key has the name', async () => {
    expect(await headwater('rotate', 'none', '--file', fileOf('rotate-none'))).toMatchObject({ code: 1, printed: [] })
  })
})

describe('headwater keys revoke', () => {
  it('takes an id or a name, and says which keys were already revoked', async () => {
    const file = fileOf('revoke')
    const { printed } = await headwater('create', 'one', '--scope', 'ingest', '--file', file)
    const id = printed[0]?.slice(3, 19) ?? ''
    expect(await headwater('revoke', id, '--file', file)).toMatchObject({ code: 0, printed: [`Revoked ${id} (one)`] })
    expect(await headwater('revoke', 'one', '--file', file)).toMatchObject({
      ...{ code: 0, printed: [] },
      noted: `${id} (one) was already revoked`,
    })
    expect(await headwater('revoke', 'two', '--file', file)).toMatchObject({ code: 1 })
  })
})

describe('a bound key', () => {
  const create = (file: string, ...args: readonly string[]) =>
    headwater('create', 'etl', '--scope', 'ingest', '--file', fileOf(file), ...args)
  const stored = async (file: string) => JSON.parse(await readFile(fileOf(file), 'utf8')).keys.at(-1)

  it('is stored with its namespaces and prefixes in canonical form, shown, listed, and kept by a rotation', async () => {
    const prefixes = ['--prefix', 's3a://Raw/in/', '--prefix', 'postgresql://DB:5432/shop', '--prefix', 'dashboard://']
    const { code, noted } = await create('bound', '--namespace', 'airflow', '--namespace', 'dbt', ...prefixes)
    expect(code).toBe(0)
    const binding = { namespaces: ['airflow', 'dbt'], prefixes: ['s3://raw/in', 'postgres://db/shop', 'dashboard://'] }
    expect(await stored('bound')).toMatchObject(binding)
    const text = 'jobs in airflow, dbt; assets under s3://raw/in, postgres://db/shop, dashboard://'
    expect(noted).toContain(`It may report ${text}; its runs may read any asset`)
    expect((await headwater('list', '--file', fileOf('bound'))).printed.join('\n')).toContain(text)
    await headwater('rotate', 'etl', '--file', fileOf('bound'))
    expect(await stored('bound')).toMatchObject(binding)
    const { printed } = await headwater('list', '--file', fileOf('bound'), '--json')
    expect(JSON.parse(printed.join('')).items).toMatchObject([binding, binding])
  })

  it.each([
    ['a prefix without a namespace', ['--prefix', 's3://raw'], 'prefixes need namespaces'],
    ['admin', ['--scope', 'admin', '--namespace', 'a'], 'a key with the scope admin cannot be bound'],
    ['a prefix without a scheme', ['--namespace', 'a', '--prefix', 'raw'], 'does not start with a scheme'],
    [
      'a prefix of nothing but slashes',
      ['--namespace', 'a', '--prefix', 'file:///'],
      'a scheme alone, such as file://',
    ],
    ['a prefix that leads up', ['--namespace', 'a', '--prefix', 's3://raw/../x'], 'the segments . or ..'],
    ['an encoded prefix that leads up', ['--namespace', 'a', '--prefix', 's3://raw/%2e%2e/x'], 'the segments . or ..'],
    ['an empty namespace', ['--namespace', ''], 'a namespace has 1 to'],
  ])('is not created with %s', async (_, args, problem) => {
    const { code, printed, noted } = await create('refused', ...args)
    expect({ code, printed }).toEqual({ code: 2, printed: [] })
    expect(noted).toContain(problem)
  })

  it('is not created without ingest', async () => {
    const args = ['--scope', 'read', '--namespace', 'a', '--file', fileOf('refused')]
    expect(await headwater('create', 'x', ...args)).toMatchObject({ code: 2, printed: [] })
  })
})
