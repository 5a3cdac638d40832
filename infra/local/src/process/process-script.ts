import { fileURLToPath } from 'node:url'

/**
 * How to run a script of this package with Node: from the sources, where this module runs from them, else built.
 * @param name the script's path in `src`, without ending
 */
export function processScript(name: string): readonly string[] {
  const fromSource = import.meta.url.endsWith('.ts')
  const script = fileURLToPath(new URL(`../${name}.${fromSource ? 'ts' : 'js'}`, import.meta.url))
  return fromSource ? ['--import', import.meta.resolve('tsx'), '--conditions=source', script] : [script]
}
