import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { serviceVariables } from './service-variables.ts'
import { root, sourceFiles } from './source-files.ts'

const services = await serviceVariables()
const lines = readFileSync(`${root}.env.example`, 'utf8').split('\n')
const assignment = /^#([A-Z][A-Z0-9_]*)=(.*)$/
const listed = lines.flatMap((line) => {
  const [, name, value] = assignment.exec(line) ?? []
  return name === undefined || value === undefined ? [] : [[name, value] as const]
})
const example = new Map(listed)

describe('.env.example', () => {
  it.each([...services])('lists every variable of %s, with its default', (_, variables) => {
    expect(variables.size).toBeGreaterThan(0)
    for (const [name, preset] of variables) {
      expect(example.has(name), name).toBe(true)
      if (preset !== undefined) expect(`${name}=${example.get(name)}`).toBe(`${name}=${preset}`)
    }
  })

  it('lists nothing that no service and no part of the embedded stack reads', () => {
    const known = new Set([...services.values()].flatMap((variables) => [...variables.keys()]))
    const readDirectly = sourceFiles.flatMap(({ text }) =>
      [...text.matchAll(/\benv\['([A-Z_]+)'\]/g)].map(([, name]) => name ?? ''),
    )
    const unknown = [...example.keys()].filter((name) => !known.has(name) && !readDirectly.includes(name))
    expect(unknown).toEqual([])
    expect(readDirectly.filter((name) => name.startsWith('HEADWATER_') && !example.has(name))).toEqual([])
  })

  it('lists each once, under a line that explains it', () => {
    expect(listed.length).toBe(example.size)
    for (const [index, line] of lines.entries()) {
      if (!assignment.test(line)) continue
      expect(lines[index - 1], line).toMatch(/^# \w.*\.$/)
    }
  })

  it('agrees with the table in docs/operations.md', () => {
    const page = readFileSync(`${root}docs/operations.md`, 'utf8')
    const rows = [...page.matchAll(/^\| `([A-Z][A-Z0-9_]*)` \| (?:`(.*?)` )?\| \w/gm)]
    expect(Object.fromEntries(rows.map(([, name, value]) => [name, value ?? '']))).toEqual(Object.fromEntries(example))
  })

  it('changes nothing when it is copied to .env as it is', () => {
    expect(lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))).toEqual([])
  })
})
