import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

type Entry = {
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

const file = fileURLToPath(new URL('../../package-lock.json', import.meta.url))
const manifest = fileURLToPath(new URL('../../package.json', import.meta.url))
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Readonly<Record<string, Entry>> }
const installed = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && link !== true)

// The engine for other machines than x64 Linux: the registry that the lock was written with does not serve these packages. Where one
// does, `npm run lock` fills them in, and this list gets shorter.
const withoutIntegrity = ['@chdb/lib-darwin-arm64', '@chdb/lib-darwin-x64', '@chdb/lib-linux-arm64-gnu']

it('pins every package to its content, those for other platforms included', () => {
  const unpinned = installed.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))
  expect(unpinned.map(([path]) => path)).toEqual(withoutIntegrity.map((name) => `node_modules/${name}`))
})

it('names no registry, so that each machine uses its own', () => {
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
})

it('decides for each package with an install script whether it may run', () => {
  const { allowScripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { allowScripts: Record<string, boolean> }
  const withScript = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)
  expect(withScript.map((path) => path.split('node_modules/').at(-1)).sort()).toEqual(Object.keys(allowScripts).sort())
})
