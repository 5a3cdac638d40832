/**
 * What a key with the scope `ingest` may report. It may read anything.
 */
export type Binding = {
  /** The namespaces of the jobs that the key may report. */
  readonly namespaces: readonly string[]
  /** Prefixes of the assets that the key may write, in canonical form and without a slash at the end; undefined for any asset. */
  readonly prefixes: readonly string[] | undefined
}
