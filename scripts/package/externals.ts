import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'

const scope = '@headwater/'
/** Bundled as well: it has no CommonJS, which the SDK needs. */
const bundledToo = new Set(['@noble/hashes'])

/** The package of an import: `@scope/name` or `name`; undefined for a path and for a module of Node. */
export function packageOf(specifier: string): string | undefined {
  if (isBuiltin(specifier) || /^[./\0]/.test(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Whether a bundle leaves an import as it is: a module of Node, or a package that is installed beside it. */
export function isExternal(specifier: string): boolean {
  const name = packageOf(specifier)
  if (name === undefined) return isBuiltin(specifier)
  return !name.startsWith(scope) && !bundledToo.has(name)
}

type Manifest = { readonly version: string; readonly dependencies?: Readonly<Record<string, string>> }

const readManifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** Every package that a workspace and the workspaces it depends on have as a dependency, with its version. */
export function dependencyVersions(folder: string): ReadonlyMap<string, string> {
  const versions = new Map<string, string>()
  const visit = (from: string) => {
    for (const [name, version] of Object.entries(readManifest(from).dependencies ?? {})) {
      if (versions.has(name)) continue
      versions.set(name, version)
      if (name.startsWith(scope)) visit(folderOf(name, from))
    }
  }
  visit(folder)
  return versions
}

function folderOf(name: string, from: string): string {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  for (const path of paths) {
    try {
      readManifest(join(path, name))
      return join(path, name)
    } catch {
      // not in this node_modules
    }
  }
  throw new Error(`${name} is not installed: npm ci (needed by ${dirname(from)})`)
}
