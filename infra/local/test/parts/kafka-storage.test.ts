import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatStorage } from '../../src/parts/kafka-storage.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater storage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Storage whose class path holds no Kafka, so that only a copy of the template can succeed. */
const storage = (name: string) => ({
  data: join(folder, name),
  template: join(folder, 'derived', 'kafka-storage'),
  ...{ classPath: folder, properties: '', env: { PATH: folder } },
})
const propertiesOf = (name: string) => readFileSync(join(folder, name, 'meta.properties'), 'utf8')

function template(): void {
  mkdirSync(storage('').template, { recursive: true })
  writeFileSync(join(storage('').template, 'meta.properties'), 'node.id=1\ndirectory.id=a\nversion=1\ncluster.id=b\n')
  writeFileSync(join(storage('').template, 'bootstrap.checkpoint'), 'features')
}

test('storage is a copy of the template with ids of its own', async () => {
  template()
  await formatStorage(storage('one'))
  await formatStorage(storage('two'))
  expect(readdirSync(join(folder, 'one')).sort()).toEqual(['bootstrap.checkpoint', 'meta.properties'])
  const id = '[A-Za-z0-9_][A-Za-z0-9_-]{21}'
  expect(propertiesOf('one')).toMatch(
    new RegExp(`^node\\.id=1\\ndirectory\\.id=${id}\\nversion=1\\ncluster\\.id=${id}\\n$`),
  )
  expect(propertiesOf('one')).not.toBe(propertiesOf('two'))
})

test('formatted storage stays as it is', async () => {
  template()
  mkdirSync(join(folder, 'kept'))
  writeFileSync(join(folder, 'kept', 'meta.properties'), 'kept')
  await formatStorage(storage('kept'))
  expect(propertiesOf('kept')).toBe('kept')
})

test('without a template Kafka formats it, and a failure leaves no template', async () => {
  await expect(formatStorage(storage('new'))).rejects.toMatchObject({ code: 'PART_CRASHED' })
  expect(existsSync(storage('new').template)).toBe(false)
})
