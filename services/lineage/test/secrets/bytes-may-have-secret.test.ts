import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesMayHaveSecret, textWithoutSecrets } from '../../src/index.ts'
import { keyOwners } from '../../src/secrets/secret-names.ts'
import { mayHaveSecret } from '../../src/secrets/signs-of-secrets.ts'

const secret = 'q9Zx7Wm2Kp4T'
const gaps = ['', ' ', '_', '-.', '": "', '世', 'üß', '世世', '𝒳𝒳', '\u2003', '\u00a0', '世世世世', '.....']
const owners = [...keyOwners.split('|'), 'service', 'keyfile', 'conn', 'connection', 'identified', 'identified by']
const words = [
  'key account dict str pass passed pw pwd pwx secret token credential creds authorization cookie jsessionid sas sasl sig sign signature jaas',
  'akia asia aiza ghp_ gho_ ghu_ ghs_ ghr_ npm_ hf_ sk- sg. hvs. hvb. dapi hw_ eyj github_pat_ glpat- xoxb- ya29. rk_live rk_test sk_live',
  'sk_test dop_v1_ pypi- hooks.slack -----begin oracle: @tcp( @unix( --user --proxy-user mysql mariadb sqlplus',
].flatMap((line) => line.split(' '))
const ends = [...words, 'bearer ', 'basic ', ' -u bob:', '://bob:', 'https://', '@']
const anyCase = (text: string) =>
  fc.nat().map((bits) => [...text].map((c, at) => ((bits >> (at % 31)) & 1 ? c.toUpperCase() : c)).join(''))
const part = fc.oneof(
  fc.constantFrom(...owners, ...ends).chain(anyCase),
  fc.constantFrom(...gaps, secret, '0123456789abcdef0', '"', '=', '"}', ':'),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
)
const text = fc.oneof(
  fc.array(part, { maxLength: 7 }).map((parts) => parts.join('')),
  fc
    .record({ name: fc.array(part, { maxLength: 4 }), value: fc.array(part, { maxLength: 3 }) })
    .map(({ name, value }) => JSON.stringify({ [name.join('')]: value.join('') })),
  fc.string({ unit: 'binary', maxLength: 30 }),
)
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 9 }),
  text.map((each) => Buffer.from(each)),
)

describe('bytesMayHaveSecret', () => {
  it('is never false where a text of the range changes without secrets, whatever stands around it', () => {
    fc.assert(
      fc.property(bytes, text, bytes, fc.boolean(), (before, within, after, isWide) => {
        if (textWithoutSecrets(within) === within) return
        const all = Buffer.concat([before, Buffer.from(within), after])
        const [start, end] = isWide ? [0, all.length] : [before.length, all.length - after.length]
        expect(bytesMayHaveSecret(all, start, end)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  it('is never false where the text of the range may have a secret', () => {
    fc.assert(
      fc.property(bytes, text, bytes, (before, within, after) => {
        if (!mayHaveSecret(within)) return
        const all = Buffer.concat([before, Buffer.from(within), after])
        expect(bytesMayHaveSecret(all, before.length, all.length - after.length)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  it('finds each sign at even and odd places, in either case', () => {
    const random = '0123456789abcdef0'
    const whole = [
      ...words.map((end) => (/[-_.a]$|eyj|dapi/.test(end) ? `${end}${random}` : `${end} `)),
      ...owners.flatMap((owner) => [`${owner}key`, `${owner} key`, `${owner}世_key`]),
      ...['', ' ', '\t', '.', '_', '-'].flatMap((separator) => [`conn${separator}str`, `connection${separator}str`]),
      ...[
        'service.account',
        'keyfile世dict',
        'identified\u2003',
        '\u2003-u',
        'bearer',
        'basic ',
        'a://b:c@',
        'HTTPS://c@',
        'Http://c@',
      ],
    ]
    const signs = whole.flatMap((each) => [each, each.toUpperCase()]).filter(mayHaveSecret)
    expect(signs.length).toBeGreaterThan(200)
    for (const sign of signs) {
      for (const before of ['', '.', '..', '...']) {
        const all = Buffer.from(`${before}${sign}`)
        expect([sign, bytesMayHaveSecret(all, 0, all.length)]).toEqual([sign, true])
      }
    }
  })

  it('is false for words that share letters with signs', () => {
    const text =
      'wait_for_downstream, "step_key":"a","tags":[{"key":"x"}], created, class, processing, task_id, spark_streaming'
    expect(bytesMayHaveSecret(Buffer.from(text), 0, text.length)).toBe(false)
  })
})
