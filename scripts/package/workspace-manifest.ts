import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Holds: the package.json of the workspace is in dist while that of the tarball is in its place, so it can always be put back.

const kept = (folder: string) => join(folder, 'dist', 'package.workspace.json')

/** Puts another package.json in place of that of the workspace. */
export function replaceManifest(folder: string, manifest: unknown): void {
  const file = join(folder, 'package.json')
  writeFileSync(kept(folder), readFileSync(file))
  writeFileSync(`${file}.new`, `${JSON.stringify(manifest, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

/** Puts the package.json of the workspace back, unless it is there. */
export function restoreManifest(folder: string): void {
  if (existsSync(kept(folder))) renameSync(kept(folder), join(folder, 'package.json'))
}
