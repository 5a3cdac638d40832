import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { producerVersion } from '../src/producer-version.ts'

test('events name the version of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(producerVersion).toBe(`headwater-producer/${version}`)
})
