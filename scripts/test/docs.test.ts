import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './source-files.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const folders = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => name)
const pages = ['README.md', 'CHANGELOG.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (path) => path.endsWith('.md'),
)

/** The rooms of each workspace, as the listing in docs/architecture.md names them. */
function listedRooms(): ReadonlyMap<string, readonly string[]> {
  const [, listing = ''] = read('docs/architecture.md').split('## Rooms')
  const rooms = new Map<string, string[]>()
  let workspace = 'none'
  for (const line of listing.split('\n')) {
    const [, source] = /^((?:services|infra)\/[\w-]+\/src)\b/.exec(line) ?? []
    if (source !== undefined) workspace = source
    if (!rooms.has(workspace)) rooms.set(workspace, [])
    const names = line.replace(source ?? '', '').matchAll(/(?:^| )([\w-]+)\/(?=[ ,:]|$)/g)
    rooms.get(workspace)?.push(...[...names].map(([, name]) => name ?? ''))
  }
  rooms.delete('none')
  return rooms
}

describe('docs/architecture.md', () => {
  const rooms = listedRooms()

  it('lists each workspace that has rooms', () => {
    const all = ['services', 'infra'].flatMap((parent) => folders(parent).map((name) => `${parent}/${name}/src`))
    const withRooms = all.filter((source) => existsSync(join(root, source)) && folders(source).length > 0)
    expect(withRooms.filter((source) => !rooms.has(source) && !source.includes('/demo/'))).toEqual([])
  })

  it.each([...rooms])('lists the rooms of %s', (source, names) => {
    expect(folders(source).filter((name) => !names.includes(name))).toEqual([])
    const known = [...folders(source), ...folders(source).flatMap((name) => folders(join(source, name)))]
    expect(names.filter((name) => !known.includes(name))).toEqual([])
  })
})

describe.each(pages)('%s', (page) => {
  it('names files that exist', () => {
    const mentioned = read(page).matchAll(/`((?:services|infra|schemas|scripts|benchmarks|docs)\/[\w./-]+)`/g)
    const missing = [...mentioned].map(([, path]) => path ?? '').filter((path) => !existsSync(join(root, path)))
    expect(missing.filter((path) => !path.includes('/dist/'))).toEqual([])
  })

  it('links to pages that exist', () => {
    const links = [...read(page).matchAll(/\]\(([^)#:\s]+)(?:#[\w-]+)?\)/g)].map(([, path]) => path ?? '')
    expect(links.filter((path) => !existsSync(join(root, page, '..', path)))).toEqual([])
  })
})
