/** A canonical URI that identifies an asset, e.g. `postgres://host/db/schema/table`. */
export type AssetKey = string & { readonly __brand: 'AssetKey' }

export const maxAssetKeyLength = 2_048

/** The same rule, without the length, as a regular expression that schemas of JSON and their tools in other languages read alike. */
export const assetKeyPattern =
  '^[a-z0-9][a-z0-9+.-]*://(?:[^\\s#?&"\'<>\\[\\]{}|\\\\^`%\\u0000-\\u001f\\u007f-\\u009f\\ufeff]|%[0-9A-Fa-f]{2})+$'

const scheme = /^[a-z0-9][a-z0-9+.-]*:\/\//
const forbidden = /[\s#?&"'<>[\]{}|\\^`\p{Cc}]|%(?![\dA-Fa-f]{2})/u

/**
 * Why `text` is not a valid asset key, as a sentence for users; undefined when it is valid. A key is a URI by RFC 3986, except that
 * characters beyond ASCII need no encoding. Every key that Prefect allows is valid (prefect-key.ts).
 */
export function assetKeyProblem(text: string): string | undefined {
  if (text === '') return 'An asset key is empty; expected a URI such as s3://bucket/path'
  if (text.length > maxAssetKeyLength) {
    return `Asset key ${shown(text.slice(0, 40))}… has ${text.length} characters; at most ${maxAssetKeyLength} are allowed`
  }
  const match = forbidden.exec(text)
  if (match !== null) {
    return `Asset key ${shown(text)} has ${named(match[0])} at character ${match.index + 1}; not allowed: whitespace, any of # ? & " ' < > [ ] { } | \\ ^ \`, and % without two hexadecimal digits after it`
  }
  const start = scheme.exec(text)?.[0]
  if (start === undefined) {
    return `Asset key ${shown(text)} does not start with a scheme of lower-case letters, digits and + . - and "://", such as s3://`
  }
  if (start === text) return `Asset key ${shown(text)} has nothing after its scheme`
  return undefined
}

/**
 * Why an authority alias may not start from `text`; undefined when it may: from a key, or from a scheme alone such as `snowflake://`,
 * which stands for all keys that lack an authority.
 */
export function keyPrefixProblem(text: string): string | undefined {
  const isSchemeAlone = text.length <= maxAssetKeyLength && scheme.exec(text)?.[0] === text
  return isSchemeAlone ? undefined : assetKeyProblem(text)
}

/** @throws RangeError with the text of `assetKeyProblem` */
export function parseAssetKey(text: string): AssetKey {
  const problem = assetKeyProblem(text)
  if (problem !== undefined) throw new RangeError(problem)
  return text as AssetKey
}

/** The scheme of a key, which names its platform: `postgres` for `postgres://host/db`. Empty where there is no scheme. */
export function platformOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('://')))
}

const shown = (text: string) => JSON.stringify(text)

function named(character: string): string {
  if (character === ' ') return 'a space'
  const code = character.codePointAt(0) ?? 0
  return /[\s\p{Cc}]/u.test(character)
    ? `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : `the character ${character}`
}
