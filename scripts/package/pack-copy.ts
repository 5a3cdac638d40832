import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const copied = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.base.json', 'LICENSE', 'scripts', 'schemas']

/**
 * Runs `npm pack -w` for workspaces in a copy of the repository, so that nothing else that uses the repository sees the package.json of
 * a tarball.
 * @param target folder for the tarballs
 * @returns paths of the tarballs, in the order of the workspaces
 */
export function packCopy(workspaces: readonly string[], target: string): readonly string[] {
  const copy = mkdtempSync(join(tmpdir(), 'headwater-pack-'))
  try {
    for (const name of [...copied, 'services', 'infra']) copyInto(copy, name)
    linkModules(copy)
    return workspaces.map((workspace) => {
      const args = ['pack', '-w', workspace, '--pack-destination', target, '--json']
      const [packed] = packResults(execFileSync('npm', args, { cwd: copy, encoding: 'utf8' }))
      return join(target, packed?.filename ?? '')
    })
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

type Packed = { readonly filename: string }

/** Scripts print to the same output before the JSON, which is a list, or from npm 11 on an object by package. */
function packResults(output: string): readonly Packed[] {
  const start = output.search(/^[[{]/m)
  return Object.values(JSON.parse(output.slice(start)) as Record<string, Packed>)
}

function copyInto(copy: string, name: string): void {
  const skipped = /\/(node_modules|test|\.headwater)$/
  cpSync(join(root, name), join(copy, name), {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !skipped.test(path),
  })
}

/** Links installed packages, and the workspaces of the copy. */
function linkModules(copy: string): void {
  const installed = join(root, 'node_modules')
  const modules = join(copy, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(installed)) {
    if (name !== '@headwater') symlinkSync(join(installed, name), join(modules, name))
  }
  cpSync(join(installed, '@headwater'), join(modules, '@headwater'), { recursive: true, verbatimSymlinks: true })
  for (const name of ['cli', 'producer']) {
    const own = join('services', name, 'node_modules')
    try {
      readdirSync(join(root, own))
      symlinkSync(join(root, own), join(copy, own))
    } catch {
      // has no packages of its own
    }
  }
}
