import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textWithoutSecrets } from '../../src/index.ts'

const secretNames = [
  ...['password', 'passwd', 'pwd', 'pass', 'passphrase', 'secret', 'token', 'sas', 'sig', 'authorization', 'cookie'],
  ...['database.password', 'db.pwd', 'keystore.jks.pass', 'AWS_SECRET_ACCESS_KEY', 'aws_session_token', 'PGPASSWORD'],
  ...['apiKey', 'api_key', 'API-KEY', 'x-api-key', 'clientSecret', 'private_key_passphrase', 'SharedAccessKey'],
  ...['fs.azure.account.key.acct.dfs.core.windows.net', 'spark.hadoop.fs.s3a.secret.key', 'AccountKey', 'accessToken'],
  ...[
    'javax.jdo.option.ConnectionPassword',
    'google_api_key',
    'keyfile_dict',
    'DB_PASSWORD_PROD',
    'password2',
    'pw',
    'dbPassWord',
    'pass-phrase',
  ],
]
const otherNames = [
  ...[
    'user',
    'host',
    'tokens',
    'max_tokens',
    'token_count',
    'tokenizer',
    'compass',
    'bypass',
    'passengers',
    'pass_rate',
  ],
  ...[
    'passed',
    'password_file',
    'secret_name',
    'token_type',
    'primaryKey',
    'sort_key',
    'public_key',
    'next_page_token',
  ],
  ...['authorization_id', 'author', 'monkey', 'design', 'eos_token', 'secret_santa', 'aws_access_key_id', 'keyboard'],
]

/** Each spelling of a setting, with what stands around it. */
const spellings: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}=${value}`,
  (name, value) => `${name} = ${value}`,
  (name, value) => `user=bob ${name}=${value} ssl=true`,
  (name, value) => `jdbc:x://h;user=bob;${name}=${value};ssl=true`,
  (name, value) => `https://h/p?user=bob&${name}=${value}&ssl=true`,
  (name, value) => `Config(user=bob, ${name}=${value})`,
  (name, value) => `{user=bob, ${name}=${value}}`,
  (name, value) => `user: bob\n${name}: ${value}\nssl: true`,
  (name, value) => `${name}: "${value}"`,
  (name, value) => `${name} => '${value}'`,
  (name, value) => `{'user': 'bob', '${name}': '${value}'}`,
  (name, value) => `{"user": "bob", "${name}": "${value}", "cut`,
  (name, value) => `{\\"user\\": \\"bob\\", \\"${name}\\": \\"${value}\\"}`,
  (name, value) => `run --user bob --${name} ${value} --ssl`,
  (name, value) => `run --${name}=${value} --ssl`,
  (name, value) => `run -D${name}=${value} --ssl`,
  (name, value) => `export ${name}='${value}'; run`,
  (name, value) => `{name=${name}, value=${value}}`,
  (name, value) => `<name>${name}</name><value>${value}</value>`,
  (name, value) => JSON.stringify({ user: 'bob', nested: [{ [name]: value }] }),
  (name, value) => JSON.stringify([{ name, value }]),
  (name, value) => JSON.stringify({ configs: [`${name}=${value}`] }),
  (name, value) => JSON.stringify(['run', `--${name}`, value, '--ssl']),
  (name, value) => JSON.stringify({ text: JSON.stringify({ [name]: value }) }),
]

/** Secrets that stand for themselves, whatever they are called. */
const shapes: readonly ((value: string) => string)[] = [
  (value) => `postgres://bob:${value}@host/db`,
  (value) => `redis://:${value}@host`,
  (value) => `connect to mongodb+srv://bob:${value}@host/db failed`,
  (value) => `postgres://bob:p@${value}@host/db`,
  (value) => `postgres://bob:a/${value}@host/db`,
  (value) => `https://${value}${value}1:@host`,
  (value) => `https://bob:${value}%40x@host/p.git`,
  (value) => `jdbc:oracle:thin:bob/${value}@//host:1521/x`,
  (value) => `bob:${value}@tcp(host:3306)/db`,
  (value) => `ghp_${value}${value}`,
  (value) => `xoxb-1234567890-${value}`,
  (value) => `eyJhbGciOiJI.${value}.${value}`,
  (value) => `dapi${'0123456789abcdef'.repeat(2)} Bearer ${value}9`,
  (value) => `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----`,
  (value) => `Authorization: Basic ${value}9=`,
  (value) => `curl -u bob:${value} https://host`,
  (value) => `mysql -u root -p${value} shop`,
  (value) => `CREATE USER bob IDENTIFIED BY '${value}'`,
]

const secretValue = fc
  .stringMatching(/^[A-Za-z0-9]{14,24}$/)
  .filter((text) => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text))

describe('textWithoutSecrets', () => {
  it('leaves no secret in any spelling of any name, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...secretNames), fc.constantFrom(...spellings), secretValue, (name, spell, value) => {
        const masked = textWithoutSecrets(spell(name, value))
        expect(masked).not.toContain(value)
        expect(masked.replace('***', value)).toBe(spell(name, value))
        expect(textWithoutSecrets(masked)).toBe(masked)
      }),
      { numRuns: 3_000 },
    )
  })

  it('leaves no secret that is known by its shape, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapes), secretValue, (shape, value) => {
        const masked = textWithoutSecrets(shape(value))
        expect(masked).not.toContain(value)
        expect(textWithoutSecrets(masked)).toBe(masked)
      }),
      { numRuns: 1_000 },
    )
  })

  it('leaves values of other names as they are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...otherNames), fc.constantFrom(...spellings), secretValue, (name, spell, value) => {
        expect(textWithoutSecrets(spell(name, value))).toBe(spell(name, value))
      }),
      { numRuns: 3_000 },
    )
  })

  it('finds the same in a text alone as after a word that makes it look', () => {
    const part = fc.oneof(
      fc.constantFrom(
        ...secretNames,
        ...otherNames,
        '=',
        ': ',
        '://',
        '@',
        '"',
        "'",
        '\\',
        '{',
        '}',
        ' ',
        '--',
        '-u ',
        ';',
      ),
      fc.string({ maxLength: 6 }),
      secretValue,
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = `.${parts.join('')}`
        expect(textWithoutSecrets(`secret; ${text}`)).toBe(`secret; ${textWithoutSecrets(text)}`)
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    'select a.token from a join b on a.token = b.token where password = ? and token = :token and pin = 5',
    "select * from users where email = 'a@b.c' and token = 1",
    'create table users (password TEXT NOT NULL, token VARCHAR(20))',
    'struct<password:string,token:array<string>,n:int>',
    'abfss://container@acct.dfs.example/x',
    'git@github.com:org/repo',
    'http://localhost:4873/@scope/package',
    'https://host:8080/users/@me',
    'postgres://h1:5432,h2:5432/db?user=a@b.c',
    's3://bucket/tokens/secret_santa',
    'mail bob@example.com: no',
    'password authentication failed for user "bob"',
    'SyntaxError: Unexpected token: }',
    'PASS=12 WARN=0 ERROR=1',
    'PWD=/home/bob OLDPWD=/',
    'password=get_password() token=os.environ["X"]',
    'def connect(password: str, token: Optional[str] = None)',
    'token: null, password: $PASSWORD, secret={{ var }}',
    'Bearer authentication over basic authentication',
    'docker run -u 1000:1000 image',
    'postgres://user:***@host/db password=***',
  ])('keeps %s', (text) => {
    expect(textWithoutSecrets(text)).toBe(text)
  })

  it.each([
    ['AKIAABCDEFGHIJKLMNOP:wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab', '***:***'],
    ['AccountName=a;AccountKey=abc/+==;EndpointSuffix=x', 'AccountName=a;AccountKey=***;EndpointSuffix=x'],
    ['Authorization: Bearer abc', 'Authorization: Bearer ***'],
    ['Cookie: a=1; session=x\nHost: h', 'Cookie: ***\nHost: h'],
    ["host=h password='my pass' user=u", "host=h password='***' user=u"],
    ['password%3Dabc%26user%3Dbob', 'password%3D***%26user%3Dbob'],
    ['password=a,b;c user=x', 'password=*** user=x'],
  ])('%s is %s', (text, expected) => {
    expect(textWithoutSecrets(text)).toBe(expected)
  })

  it.each([
    ...[
      '://a:',
      'password=',
      'password:"',
      "password='",
      '@',
      ':@',
      'token:null,',
      'mysql ',
      'Bearer ',
      '--password ',
      '<a>',
    ],
    ...[
      'AKIA',
      'eyJaaaaaaaa.',
      '\\"',
      'name:x,value:',
      'https://1',
      'password=;',
      '-----BEGIN PRIVATE KEY-----',
      'A',
      '_',
    ],
  ])('takes time in proportion to the length of a text of %j', (unit) => {
    const timeOf = (length: number) => {
      const text = `password ${unit.repeat(Math.ceil(length / unit.length))}`
      const start = performance.now()
      textWithoutSecrets(text)
      return performance.now() - start
    }
    timeOf(10_000)
    expect(timeOf(1_000_000)).toBeLessThan(5_000) // squared it would be hours
  })
})
