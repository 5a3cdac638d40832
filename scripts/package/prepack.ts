// Runs before npm packs a workspace: builds it, bundles it with the workspaces that it depends on, and puts the package.json of the tarball
// in place, which `postpack` takes away. In the workspace itself nothing but `npm pack` uses the bundle.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bundleLibrary } from './bundle-library.ts'
import { bundleProgram } from './bundle-program.ts'
import { dependencyVersions } from './externals.ts'
import { noticesOf } from './notices.ts'
import { publishedManifest } from './published-manifest.ts'
import { replaceManifest, restoreManifest } from './workspace-manifest.ts'

const folder = process.cwd()
const dist = join(folder, 'dist')
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

restoreManifest(folder)
const { status } = spawnSync(process.execPath, [tsc, '-b', folder], { stdio: ['ignore', 2, 2] })
if (status !== 0 || !existsSync(dist)) process.exit(1)
for (const name of readdirSync(dist)) if (name.startsWith('headwater')) rmSync(join(dist, name))

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>
const bundle = await (manifest['bin'] === undefined ? bundleLibrary(folder) : bundleProgram(folder))
const notices = noticesOf(bundle.modules)
if (notices !== undefined) writeFileSync(join(dist, 'headwater-bundled-licenses.txt'), notices)
replaceManifest(folder, publishedManifest(manifest, bundle.imports, dependencyVersions(folder)))
