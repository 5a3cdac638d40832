import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { classArchive } from '../../src/parts/class-archive.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater archives-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Does what the JVM does at the end of a program. */
function write(options: readonly string[]): void {
  const file = options.find((option) => option.startsWith('-XX:ArchiveClassesAtExit='))?.split('=')[1] ?? ''
  writeFileSync(file, 'classes')
}

test('the first orderly end keeps an archive, and later starts use it', async () => {
  const first = classArchive(folder, 'kafka-17')
  write(first.options)
  await first.keep(true)
  expect(classArchive(folder, 'kafka-17').options).toEqual([`-XX:SharedArchiveFile=${join(folder, 'kafka-17.jsa')}`])
  expect(classArchive(folder, 'kafka-21').options).not.toEqual(classArchive(folder, 'kafka-17').options)
})

test('what a killed program wrote is not kept', async () => {
  const killed = classArchive(folder, 'kafka-17')
  write(killed.options)
  await killed.keep(false)
  expect(readdirSync(folder)).toEqual([])
})

test('an end before anything was written keeps nothing', async () => {
  await classArchive(folder, 'kafka-17').keep(true)
  expect(readdirSync(folder)).toEqual([])
})
