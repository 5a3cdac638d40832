import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { buildProgram } from '../src/program.ts'
import { testContext } from './test-context.ts'

/** The packages that are imported statically, from a file and the files that it imports. */
function packagesOf(file: URL, seen = new Set<string>(), packages = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file.href)) return packages
  seen.add(file.href)
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^'"]*from '([^']+)'/gm,
  )) {
    if (name.startsWith('.')) packagesOf(new URL(name, file), seen, packages)
    else if (!name.startsWith('node:')) packages.add(name)
  }
  return packages
}

it('loads commander and the parsers of options only, until a command runs', () => {
  const packages = packagesOf(new URL('../src/main.ts', import.meta.url))
  expect([...packages].sort()).toEqual(['@headwater/config/stop-signals', '@headwater/lineage/time', 'commander'])
})

it('shows an example with every command', () => {
  for (const command of buildProgram(testContext().context).command.commands) {
    let help = ''
    command.configureOutput({ writeOut: (text) => (help += text) })
    command.outputHelp()
    expect(help).toContain('$ ')
    expect(help).toContain(`headwater ${command.name()}`)
  }
})
