import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { instanceIdOf } from '../../src/index.ts'

it.runIf(existsSync('/proc/self/ns/net'))('identifies the process that listens at an address', () => {
  expect(instanceIdOf('127.0.0.1', 9464)).toMatch(/^[0-9a-f]{12}$/)
  expect(instanceIdOf('127.0.0.1', 9464)).toBe(instanceIdOf('127.0.0.1', 9464))
  expect(instanceIdOf('127.0.0.1', 9465)).not.toBe(instanceIdOf('127.0.0.1', 9464))
  expect(instanceIdOf('0.0.0.0', 9464)).not.toBe(instanceIdOf('127.0.0.1', 9464))
})

it('identifies none where any port will do', () => {
  expect(instanceIdOf('127.0.0.1', 0)).toBeUndefined()
})
