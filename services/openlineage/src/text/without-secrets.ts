import { isObject, type JsonObject, ownNames } from './own-properties.ts'

const maxDepth = 64 // canonicalJson cuts deeper levels
const hidden = '***'

/** Endings of names of secret settings: `database.password`, `AWS_SECRET_ACCESS_KEY`, `apiKey`, `sasl.jaas.config`. */
const secretName =
  /(?:passw(?:or)?d|passphrase|secret|secret[._-]?value|credentials?|token|(?:api|access|account|private|secret|shared|signing|encryption)[._-]?key|jaas[._-]?config|connection[._-]?string)$/i
const userInfo = /(:\/\/[^\s/?#@:"']*:)[^\s/?#@"']+@/g
const parameter = /([?&;](?:password|pwd|secret|token|access_?key|sig|signature)=)[^&;\s"']+/gi

/**
 * Replaces secrets by `***`: texts under names such as `password`, values of `{name, value}` pairs with such a name, and passwords within
 * URLs. Producers send their settings in facets (environment variables, properties of Spark and of connectors).
 */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutPasswords(value)
  if (depth >= maxDepth) return value
  if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, depth + 1))
  return isObject(value) ? ofObject(value, depth + 1) : value
}

function ofObject(object: JsonObject, depth: number): JsonObject {
  const isSecretPair = isSecretName(object['name']) || isSecretName(object['key'])
  return Object.fromEntries(
    ownNames(object).map((name) => {
      const value = object[name]
      const isSecret = secretName.test(name) || (isSecretPair && name === 'value')
      return [name, isSecret && typeof value === 'string' && value !== '' ? hidden : withoutSecrets(value, depth)]
    }),
  )
}

const isSecretName = (name: unknown): boolean => typeof name === 'string' && secretName.test(name)

const withoutPasswords = (text: string): string =>
  text.includes('=') || text.includes('@')
    ? text.replace(userInfo, `$1${hidden}@`).replace(parameter, `$1${hidden}`)
    : text
