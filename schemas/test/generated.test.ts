import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { eventTypesSource } from '../../scripts/event-types-source.ts'

const avro = ['materialization-event', 'asset-event', 'check-event', 'job-event'].map((name) =>
  readFileSync(new URL(`../avro/${name}.avsc`, import.meta.url), 'utf8'),
)

it('is what `npm run generate` writes from the Avro schemas', () => {
  expect(readFileSync(new URL('../src/events.ts', import.meta.url), 'utf8')).toBe(eventTypesSource(avro))
})

it('has a doc on every record, enum and field', () => {
  const undocumented: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (Array.isArray(node)) for (const each of node) visit(each, path)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const { name, type, doc, fields, items, values } = node as Record<string, unknown>
    const here = name === undefined ? path : `${path}/${String(name)}`
    if (name !== undefined && (typeof doc !== 'string' || doc === '')) undocumented.push(here)
    for (const inner of [type, items, values, ...((fields as unknown[] | undefined) ?? [])]) visit(inner, here)
  }
  for (const text of avro) visit(JSON.parse(text), '')
  expect(undocumented).toEqual([])
})

it('gives every enum a default, so that a symbol of a later version can be read', () => {
  const enums = avro.join('\n').match(/"type":\s*"enum"[\s\S]*?\}/g) ?? []
  expect(enums.length).toBeGreaterThan(5)
  for (const text of enums) expect(text).toContain('"default"')
})
