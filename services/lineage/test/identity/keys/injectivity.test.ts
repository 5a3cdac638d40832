import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalKey } from '../../../src/identity/keys/canonical-key.ts'

// Characters with a meaning in some platform, few enough that equal texts are common.
const signs = ['a', 'A', '.', '/', ':', '%', '2', 'F', '"', '[', ' ', '~', 'é']
const text = (...without: string[]) =>
  fc.string({ unit: fc.constantFrom(...signs.filter((sign) => !without.includes(sign))), minLength: 1, maxLength: 4 })
const mixedCase = (word: string) => fc.mixedCase(fc.constant(word))

type Spelled = { normalized: string; namespace: string; name: string }

const host = fc.constantFrom('a', 'b.c', 'c')

const tables: fc.Arbitrary<Spelled> = fc
  .record({
    host,
    port: fc.constantFrom('', ':5432', ':1'),
    scheme: fc.constantFrom('postgres', 'postgresql', 'Postgres', 'jdbc:postgresql', 'postgresql+psycopg2'),
    user: fc.constantFrom('', 'u@', 'u:p@'),
    parts: fc.array(text(), { minLength: 1, maxLength: 3 }),
    quote: fc.constantFrom<(part: string) => string>(
      (part) => `"${part.replaceAll('"', '""')}"`,
      (part) => `\`${part}\``,
      (part) => (/[./"[]/.test(part) ? `[${part}]` : part),
    ),
  })
  .chain(({ host, port, scheme, user, parts, quote }) =>
    mixedCase(host).map((spelling) => ({
      normalized: JSON.stringify([host, port === ':5432' ? '' : port, parts]),
      namespace: `${scheme}://${user}${spelling}${port}`,
      name: parts.map(quote).join('.'),
    })),
  )

const slashes = fc.constantFrom('/', '//')
const paths: fc.Arbitrary<Spelled> = fc
  .record({
    host,
    scheme: fc.constantFrom('s3', 's3a', 'S3N'),
    segments: fc.array(text('/'), { minLength: 1, maxLength: 3 }),
    split: fc.nat(2),
    separator: slashes,
    around: fc.constantFrom('', '/'),
  })
  .chain(({ host, scheme, segments, split, separator, around }) =>
    mixedCase(host).map((spelling) => ({
      normalized: JSON.stringify([host, segments]),
      namespace: [`${scheme}://${spelling}`, ...segments.slice(0, split)].join(separator),
      name: around + segments.slice(split).join(separator) + around,
    })),
  )

const plain: fc.Arbitrary<Spelled> = fc
  .record({
    namespace: text().map((rest) => `x${rest}`),
    segments: fc.array(text('/'), { maxLength: 3 }),
    separator: slashes,
  })
  .filter(({ namespace }) => !namespace.includes(':/'))
  .map(({ namespace, segments, separator }) => ({
    normalized: JSON.stringify([namespace, segments]),
    namespace,
    name: segments.join(separator),
  }))

describe('Two datasets', () => {
  it.each([
    ['tables', tables],
    ['paths', paths],
    ['plain namespaces', plain],
  ])('have one key if and only if they differ in normalized spelling only: %s', (_, datasets) => {
    fc.assert(
      fc.property(fc.uniqueArray(datasets, { minLength: 2, maxLength: 30 }), (several) => {
        const meanings = new Map(several.map((dataset) => [canonicalKey(dataset), dataset.normalized] as const))
        const keys = new Map(several.map((dataset) => [dataset.normalized, canonicalKey(dataset)] as const))
        for (const dataset of several) {
          const key = canonicalKey(dataset)
          expect([meanings.get(key), keys.get(dataset.normalized)]).toEqual([dataset.normalized, key])
        }
      }),
      { numRuns: 300 },
    )
  })
})
