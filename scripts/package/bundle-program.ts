import { join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { type OutputChunk, rollup } from 'rollup'
import type { Bundle } from './bundle.ts'
import { isExternal } from './externals.ts'

/** Bundles a program into dist: ES modules, one for each part that it loads on demand. */
export async function bundleProgram(folder: string): Promise<Bundle> {
  const dist = join(folder, 'dist')
  const build = await rollup({ input: join(dist, 'main.js'), external: isExternal, plugins: [nodeResolve()] })
  const { output } = await build.write({
    dir: dist,
    format: 'es',
    entryFileNames: 'headwater.js',
    chunkFileNames: 'headwater-[name]-[hash].js',
    banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
  })
  const chunks = output.filter((each): each is OutputChunk => each.type === 'chunk')
  const own = new Set(chunks.map(({ fileName }) => fileName))
  const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports])
  return {
    imports: imports.filter((each) => !own.has(each)),
    modules: chunks.flatMap((chunk) => Object.keys(chunk.modules)),
  }
}
