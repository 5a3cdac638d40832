/** What is wrong with a place of a JSON document. */
export type JsonProblem = {
  /** RFC 6901; empty for the whole document. */
  readonly pointer: string
  /** A sentence for people that names the place too. */
  readonly detail: string
}

/** The pointer of a path of names and indexes. */
export const jsonPointer = (path: readonly string[]): string =>
  path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
