import { describe, expect, it } from 'vitest'
import { createGuard, type GuardRules, refusalOf } from '../../src/guard/index.ts'

const strict: GuardRules = { allowedHosts: [], acceptsAddresses: false, corsOrigins: [], acceptsLinks: false }
const own = { host: '127.0.0.1:8080' }
const code = (headers: Record<string, string>, rules: Partial<GuardRules> = {}, method = 'GET') =>
  refusalOf({ method, headers }, { ...strict, ...rules })?.code

describe('Host', () => {
  it.each([
    ...['127.0.0.1', '127.0.0.1:8080', '127.1.2.3:1', 'localhost', 'LOCALHOST:8080', 'localhost.:80', '[::1]:8080'],
  ])('%s is a name of this machine', (host) => expect(code({ host })).toBeUndefined())

  it.each([
    ...[
      'evil.example',
      'evil.example:8080',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'evil.localhost.example',
    ],
    ...['10.0.0.5:8080', '0.0.0.0:8080', '[::]:8080', '127.1', '0x7f.0.0.1', '2130706433', '[::ffff:10.0.0.1]'],
    ...[
      '',
      ' ',
      ':8080',
      'a b',
      'localhost:8080:1',
      'evil.example@localhost',
      'localhost/evil.example',
      '[::1',
      '::1]',
    ],
  ])('%j is refused', (host) => expect(code({ host })).toBe('HOST_NOT_ALLOWED'))

  it('may be an address where others reach the server', () => {
    expect(code({ host: '10.0.0.5:8080' }, { acceptsAddresses: true })).toBeUndefined()
    expect(code({ host: 'evil.example' }, { acceptsAddresses: true })).toBe('HOST_NOT_ALLOWED')
  })

  it.each([
    ['lineage.example.com', 'lineage.example.com:8080'],
    ['lineage.example.com', 'Lineage.Example.com'],
    ['lineage.example.com:8080', 'lineage.example.com:8080'],
    ['.example.com', 'a.b.example.com'],
    ['.example.com', 'example.com:8080'],
    ['[2001:db8::5]', '[2001:DB8::5]:8080'],
    ['*', 'whatever.example'],
  ])('ALLOWED_HOSTS %s allows %s', (allowed, host) =>
    expect(code({ host }, { allowedHosts: [allowed] })).toBeUndefined(),
  )

  it.each([
    ['.example.com', 'evilexample.com'],
    ['lineage.example.com:8080', 'lineage.example.com:9090'],
    ['example.com', 'evil.example.com'],
  ])('ALLOWED_HOSTS %s does not allow %s', (allowed, host) =>
    expect(code({ host }, { allowedHosts: [allowed] })).toBe('HOST_NOT_ALLOWED'),
  )
})

describe('Origin', () => {
  it.each(['http://127.0.0.1:8080', 'https://127.0.0.1:8080'])('writes from %s are allowed', (origin) =>
    expect(code({ ...own, origin }, {}, 'POST')).toBeUndefined(),
  )

  it.each([
    ...[
      'https://evil.example',
      'null',
      '',
      'http://127.0.0.1:3000',
      'http://localhost:8080',
      'http://127.0.0.1:8080.evil',
    ],
  ])('writes from %j are refused', (origin) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'])
      expect(code({ ...own, origin }, {}, method)).toBe('ORIGIN_NOT_ALLOWED')
  })

  it('is taken from CORS_ORIGINS, exactly', () => {
    const rules = { corsOrigins: ['https://dash.example'] }
    const sent = { ...own, 'sec-fetch-site': 'cross-site' }
    expect(code({ ...sent, origin: 'https://dash.example' }, rules, 'POST')).toBeUndefined()
    expect(code({ ...sent, origin: 'https://dash.example.evil' }, rules, 'POST')).toBe('ORIGIN_NOT_ALLOWED')
    expect(code({ host: 'evil.example', origin: 'https://dash.example' }, rules)).toBe('HOST_NOT_ALLOWED')
  })
})

describe('a read with a foreign Origin', () => {
  const foreign = { ...own, origin: 'https://evil.example' }

  it('is refused in browsers that do not send Sec-Fetch-Site', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(code(foreign, {}, method)).toBe('ORIGIN_NOT_ALLOWED')
    expect(code({ ...own, origin: 'null' })).toBe('ORIGIN_NOT_ALLOWED')
    expect(code({ ...own, origin: 'http://127.0.0.1:8080' })).toBeUndefined()
    expect(code({ host: 'LOCALHOST:8080', origin: 'http://localhost:8080' })).toBeUndefined()
  })

  it('is allowed behind a proxy that changes Host, if the browser calls it same-origin', () => {
    expect(code({ ...own, origin: 'https://lineage.example', 'sec-fetch-site': 'same-origin' })).toBeUndefined()
    expect(code({ ...foreign, 'sec-fetch-site': 'cross-site' })).toBe('ORIGIN_NOT_ALLOWED')
    expect(code({ ...foreign, 'sec-fetch-site': 'same-origin' }, {}, 'POST')).toBe('ORIGIN_NOT_ALLOWED')
  })

  it('is allowed from every origin where CORS_ORIGINS is *', () => {
    expect(code({ ...foreign, 'sec-fetch-site': 'cross-site' }, { corsOrigins: ['*'] })).toBeUndefined()
  })
})

describe('Referer', () => {
  it.each([
    ['https://evil.example/page', 'ORIGIN_NOT_ALLOWED'],
    ['http://127.0.0.1:3000/', 'ORIGIN_NOT_ALLOWED'],
    ['nonsense', 'ORIGIN_NOT_ALLOWED'],
    ['http://127.0.0.1:8080/docs', undefined],
    ['https://dash.example/d/1', undefined],
  ])('%s decides about a write without Origin and Sec-Fetch-Site', (referer, expected) => {
    const rules = { corsOrigins: ['https://dash.example'] }
    expect(code({ ...own, referer }, rules, 'POST')).toBe(expected)
    expect(code({ ...own, referer }, rules)).toBeUndefined()
  })
})

describe('Sec-Fetch-Site', () => {
  it.each(['none', 'same-origin'])('%s is allowed', (site) => {
    expect(code({ ...own, 'sec-fetch-site': site }, {}, 'POST')).toBeUndefined()
    expect(code({ ...own, 'sec-fetch-site': site })).toBeUndefined()
  })

  it.each(['cross-site', 'same-site', 'anything'])('%s is refused, for reads as well', (site) => {
    expect(code({ ...own, 'sec-fetch-site': site }, {}, 'POST')).toBe('ORIGIN_NOT_ALLOWED')
    expect(code({ ...own, 'sec-fetch-site': site })).toBe('ORIGIN_NOT_ALLOWED')
  })

  it('lets a link open a page, but no frame and no form', () => {
    const link = { ...own, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect(code(link, { acceptsLinks: true })).toBeUndefined()
    expect(code(link)).toBe('ORIGIN_NOT_ALLOWED')
    expect(code({ ...link, 'sec-fetch-dest': 'iframe' }, { acceptsLinks: true })).toBe('ORIGIN_NOT_ALLOWED')
    expect(code(link, { acceptsLinks: true }, 'POST')).toBe('ORIGIN_NOT_ALLOWED')
  })
})

it('allows what no browser sends: no Host, no Origin, no Sec-Fetch-Site', () => {
  expect(code({}, {}, 'POST')).toBeUndefined()
  expect(code(own, {}, 'POST')).toBeUndefined()
})

it('refuses several Hosts, of which headers has the first only', () => {
  const guard = createGuard(strict)
  const twice = { headers: own, rawHeaders: ['Host', own.host, 'Accept', '*/*', 'HOST', 'evil.example'] }
  const once = { headers: own, rawHeaders: ['Host', own.host, 'Accept', 'host'] }
  for (const request of [once, twice, once]) {
    expect(guard(request)?.code).toBe(request === twice ? 'HOST_NOT_ALLOWED' : undefined)
    expect(refusalOf(request, strict)).toEqual(guard(request))
  }
})

it('decides alike when it remembers the last Host', () => {
  const guard = createGuard(strict)
  const hosts = ['localhost:1', 'evil.example', 'localhost:1', 'localhost:2', 'evil.example', undefined, 'evil.example']
  for (const host of hosts) {
    for (const origin of ['https://evil.example', 'http://localhost:1', undefined]) {
      const request = { method: 'POST', headers: { host, origin } }
      expect(guard(request)).toEqual(refusalOf(request, strict))
    }
  }
})
