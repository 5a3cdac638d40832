import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesMayHaveSecret, textWithoutSecrets } from '../../src/index.ts'

const secret = 'q9Zx7Wm2Kp4T'
const words = [
  ...[
    'password',
    'PASS',
    'pw',
    'secret',
    'Token',
    'credential',
    'creds',
    'api_key',
    'API-KEY',
    'access key',
    'AccountKey',
  ],
  ...['authorization', 'bearer', 'Basic ', 'cookie', 'JSESSIONID', 'sas', 'SIG', 'signature', 'jaas.config', 'connstr'],
  ...[
    'connection_string',
    'conn.str',
    'connection string',
    'service_account',
    'keyfile_dict',
    '://bob:',
    '@',
    'https://',
  ],
  ...['AKIAABCDEFGHIJKLMNOP', 'ghp_', 'github_pat_', 'glpat-', 'xoxb-', 'AIza', 'ya29.', 'sk-', 'rk_live_', 'sk_test_'],
  ...[
    'hw_abcdefgh_',
    'dapi',
    'dop_v1_',
    'npm_',
    'pypi-AgE',
    'hf_',
    'hvs.',
    'SG.',
    'eyJhbGciOiJI',
    'hooks.slack.com/services/',
  ],
  ...['-----BEGIN PRIVATE KEY-----', "identified by '", ' -u ', '--user ', 'mysql -p', 'mariadb -p', 'sqlplus a/'],
  ...['=', ': ', '"', "'", ' ', '.', '_', '-', ',', 'ü', '世', 'x', 'Path', 'instance'],
]
const texts = fc
  .array(fc.oneof(fc.constantFrom(...words, secret, secret.repeat(3)), fc.string({ maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(''))

describe('bytesMayHaveSecret', () => {
  it('is true wherever a text of the range has a secret', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        texts,
        fc.uint8Array({ maxLength: 40 }),
        (a, text, b) => {
          const bytes = Buffer.concat([a, Buffer.from(text), b])
          if (textWithoutSecrets(text) !== text) expect(bytesMayHaveSecret(bytes, 0, bytes.length)).toBe(true)
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it.each([
    '{"schedule":"@hourly","owner":"bob@example.com"}',
    'passed in a path of an instance; metadata_path keys',
    'abfss://c@a/p',
  ])('is false for %s', (text) => {
    expect(bytesMayHaveSecret(Buffer.from(text), 0, text.length)).toBe(false)
  })
})
