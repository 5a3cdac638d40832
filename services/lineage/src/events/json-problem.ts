/** A problem with one value of a JSON document. */
export type JsonProblem = {
  /** JSON pointer (RFC 6901) of the value; empty for the whole document. */
  readonly pointer: string
  /** A sentence for users that names the field too. */
  readonly detail: string
}

/** The JSON pointer of a path of names and indexes. */
export const jsonPointer = (path: readonly string[]): string =>
  path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
