import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { type OutputChunk, rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import type { Bundle } from './bundle.ts'
import { isExternal } from './externals.ts'

/**
 * Bundles a library into dist: CommonJS with its types, and an ES module that only passes it on. So a process that imports and requires it
 * has one copy, with one state.
 */
export async function bundleLibrary(folder: string): Promise<Bundle> {
  const dist = join(folder, 'dist')
  const code = await bundled(join(dist, 'index.js'), join(dist, 'headwater.cjs'))
  const types = await bundledTypes(join(dist, 'index.d.ts'), join(dist, 'headwater.d.cts'))
  writeFileSync(join(dist, 'headwater.d.cts'), withTypeExports(types.code, new Set(code.exports)))
  writeFileSync(join(dist, 'headwater.js'), wrapper(code.exports))
  writeFileSync(join(dist, 'headwater.d.ts'), "export * from './headwater.cjs'\n")
  return { imports: [...code.imports, ...types.imports], modules: Object.keys(code.modules) }
}

async function bundled(input: string, file: string): Promise<OutputChunk> {
  const build = await rollup({ input, external: isExternal, plugins: [nodeResolve()], onwarn: refuse })
  const options = { format: 'cjs', exports: 'named', esModule: false, externalLiveBindings: false } as const
  const { output } = await build.write({ file, ...options })
  return output[0]
}

async function bundledTypes(input: string, file: string): Promise<OutputChunk> {
  const ours = nodeResolve({ exportConditions: ['types'], resolveOnly: [/^@headwater\//] })
  const plugins = [ours, dts({ respectExternal: true })]
  const build = await rollup({ input, external: isExternal, plugins, onwarn: refuse })
  const { output } = await build.write({ file, format: 'es' })
  return output[0]
}

function refuse({ message }: { readonly message: string }): never {
  throw new Error(message)
}

const wrapper = (names: readonly string[]): string =>
  `import headwater from './headwater.cjs'\n\nexport const {\n${names.map((name) => `  ${name},\n`).join('')}} = headwater\n`

/** Exports as types what is no value at run time: the bundler of types takes a class that is only exported as a type for a value. */
function withTypeExports(types: string, values: ReadonlySet<string>): string {
  return types.replace(/^export \{ (.*) \};$/m, (_, list: string) => {
    const names = list.split(', ')
    const onlyTypes = names.filter((name) => !values.has(name))
    const rest = onlyTypes.length === 0 ? '' : `\nexport type { ${onlyTypes.join(', ')} };`
    return `export { ${names.filter((name) => values.has(name)).join(', ')} };${rest}`
  })
}
