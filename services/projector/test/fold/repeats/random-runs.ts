import fc from 'fast-check'

// Runs with any text, JSON and secret that an event may carry.

export const secret = 'q9Zx7Wm2Kp4T'
export const secretText = fc.constantFrom(
  ...[`password=${secret}`, `postgres://bob:${secret}@host`, `Bearer ${secret}`, `"--password ${secret}"`],
  ...[`{"a":"db.pwd: ${secret}"}`, `[{"name":"api_key","value":"${secret}"}]`, '"bob@host.example"', 'a token'],
)
export const anyText = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), secretText)
const json = fc.oneof(
  fc.json(),
  fc.json({ stringUnit: 'grapheme' }).map((text) => ` ${text}\n`),
  fc.constantFrom(
    '',
    '{',
    '[1,]',
    '01',
    '-',
    '1e',
    '"\t"',
    '"\\x"',
    '"\\u12"',
    'nul',
    '"',
    'NaN',
    '\ufeff1',
    '['.repeat(100),
  ),
  anyText,
)
const name = fc.oneof(anyText, fc.constantFrom('__proto__', '', '1', '01', 'a', 'password', 'constructor', '"', '\\'))
export const metadata = fc.dictionary(name, json, { noNullPrototype: true, maxKeys: 5 })
export const metrics = fc.dictionary(name, fc.double(), { noNullPrototype: true, maxKeys: 4 })
export const optionalText = fc.option(anyText)
const properties = fc.option(
  fc.record({ name: optionalText, description: optionalText, url: optionalText, owners: fc.option(fc.array(anyText)) }),
)
const key = fc.constantFrom('s3://a', 's3://b', 's3://größe', 'snowflake://org/db/s/t')
const output = fc.record({
  ...{ key, inputs: fc.option(fc.array(key, { maxLength: 2 })), properties, metadata, metrics },
  schema: fc.option(
    fc.array(fc.record({ name: anyText, type: optionalText, description: optionalText }), { maxLength: 3 }),
  ),
  columnLineage: fc.array(
    fc.record({
      column: anyText,
      inputs: fc.array(
        fc.record({
          ...{ key, column: anyText, transformation: optionalText, kind: optionalText },
          ...{ masking: fc.option(fc.boolean()), description: optionalText },
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
  checks: fc.constant([]),
})
export const run = fc.record({
  job: fc.constantFrom('load', 'lädt'),
  state: fc.constantFrom('STARTED' as const, 'SUCCEEDED' as const, 'FAILED' as const),
  ...{ runId: fc.constantFrom('r', 'größe', 'a\u0000b'), by: optionalText, error: optionalText, producer: anyText },
  parent: fc.option(fc.record({ jobNamespace: anyText, jobName: anyText, runId: anyText })),
  inputs: fc.array(fc.record({ key, properties }), { maxLength: 3 }),
  outputs: fc.array(output, { maxLength: 3 }),
  metadata,
})
