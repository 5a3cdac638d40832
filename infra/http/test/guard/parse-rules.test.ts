import { describe, expect, it } from 'vitest'
import { parseAllowedHosts, parseCorsOrigins } from '../../src/guard/index.ts'

describe('ALLOWED_HOSTS', () => {
  it('is a list of names and addresses, in lower case', () => {
    const text = ' Lineage.Example.com, .example.com,gateway,,10.0.0.5:8080,[2001:DB8::5]:80,my_host,*'
    const entries = [
      'lineage.example.com',
      '.example.com',
      'gateway',
      '10.0.0.5:8080',
      '[2001:db8::5]:80',
      'my_host',
      '*',
    ]
    expect(parseAllowedHosts(text)).toEqual({ entries, invalid: [] })
    expect(parseAllowedHosts('')).toEqual({ entries: [], invalid: [] })
  })

  it.each([
    'http://a.example',
    'a.example/',
    'a b',
    '*.example.com',
    '2001:db8::5',
    'a:b',
    'größe.example',
    'a..b',
    '.',
  ])('does not accept %s', (entry) => expect(parseAllowedHosts(`ok.example,${entry}`).invalid).toEqual([2]))
})

describe('CORS_ORIGINS', () => {
  it('is a list of origins', () => {
    const entries = [
      'https://grafana.example.com',
      'http://localhost:5173',
      'chrome-extension://abcdef',
      'http://[::1]:3000',
      '*',
    ]
    expect(parseCorsOrigins(entries.join(', '))).toEqual({ entries, invalid: [] })
  })

  it.each([
    ...[
      'https://a.example/',
      'https://a.example/path',
      'a.example',
      'null',
      'https://a.example:443',
      'https://A.example',
    ],
    ...['https://*.example', 'http://user@a.example', 'https://a.example?x', '//a.example', 'http://'],
  ])('does not accept %s', (entry) => expect(parseCorsOrigins(entry).invalid).toEqual([1]))
})
