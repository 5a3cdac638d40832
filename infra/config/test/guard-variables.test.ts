import { expect, it } from 'vitest'
import { guardRules } from '../src/index.ts'

const rules = (hosts: string, origins: string, { listensOn = '127.0.0.1', isOpen = true } = {}) => {
  const problems: string[] = []
  const found = guardRules({ ALLOWED_HOSTS: hosts, CORS_ORIGINS: origins }, { listensOn, isOpen }, problems)
  return { ...found, problems }
}

it('accepts names of this machine only by default', () => {
  expect(rules('', '')).toEqual({
    ...{ allowedHosts: ['127.0.0.1'], acceptsAddresses: false, corsOrigins: [], acceptsLinks: true, problems: [] },
  })
})

it('accepts addresses, and the name that it listens on, where other machines reach the server', () => {
  expect(rules('', '', { listensOn: '0.0.0.0' }).acceptsAddresses).toBe(true)
  expect(rules('a.example', '', { listensOn: 'Lineage' })).toMatchObject({
    ...{ allowedHosts: ['a.example', 'lineage'], acceptsAddresses: true },
  })
})

it('names each invalid entry, and never its value', () => {
  const { problems } = rules('http://secret.example', 'https://a.example,https://secret.example/')
  expect(problems).toHaveLength(2)
  expect(problems[0]).toMatch(/^ALLOWED_HOSTS: entry 1 must be a name or address without scheme and path/)
  expect(problems[1]).toMatch(/^CORS_ORIGINS: entry 2 must be an origin .* without path and trailing slash/)
  expect(problems.join()).not.toContain('secret')
})

it('accepts every origin only where requests are authenticated', () => {
  expect(rules('', '*').problems).toEqual([expect.stringMatching(/^CORS_ORIGINS must not be \* while access is open/)])
  expect(rules('', '*', { isOpen: false })).toMatchObject({ corsOrigins: ['*'], problems: [] })
})
