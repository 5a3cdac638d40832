import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

const workspaces = [
  'schemas',
  ...['services', 'infra'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)),
]

/** Every source file of the project that runs in production or in the embedded stack: its path from the root and its text. */
export const sourceFiles = workspaces
  .filter((workspace) => workspace !== 'services/testing' && existsSync(join(root, workspace, 'src')))
  .flatMap((workspace) =>
    readdirSync(join(root, workspace, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.m?[jt]s$/.test(name))
      .map((name) => `${workspace}/src/${name}`),
  )
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
