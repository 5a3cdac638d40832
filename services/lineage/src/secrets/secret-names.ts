// What a setting is called decides whether its value is a secret. Names are compared in one form: words in lower case, joined by "_",
// and the dots of settings, so that apiKey, API-KEY and x.api.key are alike.

export const keyOwners =
  'access|account|aes|api|app|application|auth|cipher|client|consumer|decryption|encryption|function|hmac|host|master|private|sas|secret|service|shared|shared_access|signing|ssh|storage|subscription|symmetric|webhook'

/** Names of secrets; what stands before them does not matter: `db.password`, `PGPASSWORD`, `clientSecret`. */
const strong = [
  '[a-z0-9]*(?:pass[._]?(?:words?|wds?|wort|phrases?|code)|secrets?)',
  `(?:[a-z0-9]*(?:access|account|api|private|secret|signing|encryption)|(?:${keyOwners})[._])keys?`,
  '[a-z0-9]*(?:apitoken|accesstoken|authtoken|oauthtoken|refreshtoken|sessiontoken|bearertoken)s?',
  '(?:access|api|auth|bearer|oauth|oauth2|refresh|session|security|personal)[._]tokens?',
]

/** Names that end with a word of several meanings: secrets only where nothing follows. */
const weak = [
  '[a-z0-9]*token',
  '[a-z0-9]*pwd',
  '(?:admin|db|key|my|pg|root|store|trust|user)?(?:pass|pw)',
  '[a-z0-9]*(?:credentials?|creds)',
  '(?:authorization|bearer|jsessionid|cookie|set_cookie|sas|sig|keyfile_dict)',
  '(?:shared_?access|amz|goog)_?signature',
  'jaas[._]?config',
  'conn(?:ection)?[._]?str(?:ing)?',
  'service_account',
]

/** After a name of a secret: whose, or which of several, it is. */
const qualifiers =
  /[._]?(?:\d+|value|prod|production|dev|test|staging|base64|b64|plain|plaintext|text|old|new|current|previous|default|confirm|confirmation|env|override|encoded|primary|secondary)$/

const ends = (names: readonly string[]) => new RegExp(`(?:^|[._])(?:${names.join('|')})$`)
const [endsStrong, endsWeak] = [ends(strong), ends(weak)]
/** `fs.azure.account.key.<account>`: a part of a setting's name. */
const hasStrongPart = new RegExp(`(?:^|[._])(?:${strong.join('|')})\\.`)
/** A fact about a secret, not the secret: `secret.name`, `password.file`. */
const isAboutSecret =
  /(?:^|[._])(?:algorithm|arn|class|count|enabled|endpoint|expiry|file|format|ids?|interval|keys?|length|location|mode|ms|names?|path|policy|provider|ref|regex|required|rotation|scope|seconds|size|timeout|ttl|type|uri|url|version)$/
/** Tokens of texts and of pages: `eos_token`, `next_page_token`, and the public ones. */
const isOtherToken =
  /(?:^|[._])(?:bos|cls|continuation|eos|mask|max|min|next|num|pad|page|per|public|sep|special|stop|sync|total|unk)_?token$/

const longestName = 256
const [mostKnown, longestKnown] = [4_000, 64]
const known = new Map<string, SecretKind>()

/** `weak`: of several meanings, so that small numbers under it are no secrets. */
export type SecretKind = 'strong' | 'weak' | undefined

/** Whether values under this name are secrets. */
export function secretKind(name: string): SecretKind {
  if (known.has(name)) return known.get(name)
  const kind = kindOf(normalized(name))
  if (known.size < mostKnown && name.length <= longestKnown) known.set(name, kind)
  return kind
}

export const isSecretName = (name: unknown): boolean => typeof name === 'string' && secretKind(name) !== undefined

/** Names of several secrets, whose members are secrets whatever they are called: `secrets: { db: … }`. */
export const namesSeveral = (name: string): boolean => /(?:secrets|credentials|creds|passwords)$/i.test(name)

/** The end of a name in the form of names: a name that is longer decides by its last characters. */
const normalized = (name: string): string =>
  name
    .slice(-longestName)
    .replace(/^-D(?=[A-Za-z])/, '') // of the JVM
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/_+(?=\.|$)/g, '')

function kindOf(name: string): SecretKind {
  if (isOtherToken.test(name)) return undefined
  if (endsStrong.test(name)) return 'strong'
  if (endsWeak.test(name)) return 'weak'
  const owner = name.replace(qualifiers, '')
  if (owner !== name && owner !== '') return kindOf(owner)
  return hasStrongPart.test(name) && !isAboutSecret.test(name) ? 'weak' : undefined
}
