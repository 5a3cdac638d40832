import fc from 'fast-check'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { accessPolicy } from '../../src/policy/access-policy.ts'
import { type AccessConfig, accessVariables } from '../../src/policy/access-variables.ts'

const preset = Value.Default(Type.Object(accessVariables), {}) as AccessConfig
const policy = (config: Partial<AccessConfig>, host = '127.0.0.1') => accessPolicy({ ...preset, ...config }, host)
const jwt = { AUTH_JWKS_URL: 'https://idp/keys', AUTH_ISSUER: 'https://idp', AUTH_AUDIENCE: 'headwater' } as const
const keys = { HEADWATER_KEYS_FILE: '/keys.json' } as const

describe('without keys and tokens', () => {
  it('a service on loopback is open', () => {
    expect(policy({})).toEqual({ kind: 'open', warnings: [] })
  })

  it.each(['0.0.0.0', '::', '10.0.0.1', 'example.com'])(
    'a service refuses to start on %s and names what to set',
    (host) => {
      expect(policy({}, host)).toEqual({ kind: 'refused', problems: [expect.stringContaining(host)] })
      expect(policy({}, host)).toMatchObject({
        problems: [expect.stringMatching(/^[^\n]*HEADWATER_KEYS_FILE[^\n]*AUTH_JWKS_URL[^\n]*AUTH=off$/)],
      })
    },
  )

  it('AUTH=off allows any address, with a warning', () => {
    expect(policy({ AUTH: 'off' }, '0.0.0.0')).toEqual({
      kind: 'open',
      warnings: ['AUTH=off: no authentication; everyone who can reach 0.0.0.0 has full access'],
    })
  })

  it('AUTH=on never starts', () => {
    expect(policy({ AUTH: 'on' })).toMatchObject({
      kind: 'refused',
      problems: [expect.stringContaining('AUTH=on needs')],
    })
  })
})

describe('with keys or tokens', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('requests are authenticated on %s', (host) => {
    expect(policy(keys, host)).toEqual({
      ...{ kind: 'guarded', keysFile: '/keys.json', tokens: undefined },
      ...{ anonymousRead: false, warnings: [] },
    })
    expect(policy({ ...jwt, AUTH_ANONYMOUS_READ: true }, host)).toMatchObject({
      kind: 'guarded',
      keysFile: undefined,
      tokens: { issuer: 'https://idp', audience: 'headwater', scopeClaim: 'scope' },
      anonymousRead: true,
    })
  })

  it('AUTH=off contradicts them', () => {
    expect(policy({ ...keys, AUTH: 'off' })).toMatchObject({ kind: 'refused' })
    expect(policy({ ...jwt, AUTH: 'off' }, '0.0.0.0')).toMatchObject({
      kind: 'refused',
      problems: [expect.stringContaining('AUTH_JWKS_URL')],
    })
  })

  it('an incomplete configuration of tokens is refused with the missing variables, with and without keys', () => {
    const { AUTH_JWKS_URL } = jwt
    expect(policy({ ...keys, AUTH_JWKS_URL })).toEqual({
      kind: 'refused',
      problems: ['AUTH_ISSUER must be set if AUTH_JWKS_URL is', 'AUTH_AUDIENCE must be set if AUTH_JWKS_URL is'],
    })
    expect(policy({ ...jwt, AUTH_JWKS_URL: '' })).toMatchObject({
      problems: ['AUTH_JWKS_URL must be set if AUTH_ISSUER is'],
    })
    expect(policy({ ...jwt, AUTH_JWKS_URL: 'https://' })).toMatchObject({ problems: ['AUTH_JWKS_URL must be a URL'] })
    expect(policy({ ...jwt, AUTH_JWKS_URL: 'https://ada:secret@idp/keys' })).toEqual({
      kind: 'refused',
      problems: ['AUTH_JWKS_URL must not contain a user or password'],
    })
  })

  it('a plain http URL on another host gives a warning', () => {
    expect(policy({ ...jwt, AUTH_JWKS_URL: 'http://idp/keys' })).toMatchObject({
      warnings: [expect.stringContaining('https')],
    })
    expect(policy({ ...jwt, AUTH_JWKS_URL: 'http://localhost:1/keys' })).toMatchObject({ warnings: [] })
  })
})

it('is never open on an address reachable from other machines, unless AUTH=off', () => {
  const text = (...values: readonly string[]) => fc.constantFrom('', ...values)
  const configs = fc.record({
    AUTH: fc.constantFrom('auto' as const, 'on' as const, 'off' as const),
    HEADWATER_KEYS_FILE: text('/keys.json'),
    AUTH_JWKS_URL: text('https://idp/keys', 'http://idp'),
    AUTH_ISSUER: text('https://idp'),
    AUTH_AUDIENCE: text('headwater'),
    AUTH_ANONYMOUS_READ: fc.boolean(),
  })
  fc.assert(
    fc.property(configs, fc.constantFrom('0.0.0.0', '::', '10.1.2.3', 'db.internal'), (config, host) => {
      const found = policy(config, host)
      if (found.kind === 'open') expect(config.AUTH).toBe('off')
      if (config.AUTH === 'off') expect(found.kind).not.toBe('guarded')
      if (config.AUTH === 'on') expect(policy(config).kind).not.toBe('open')
    }),
  )
})
