/** What went into a bundle. */
export type Bundle = {
  /** What it imports when it runs, or its types. */
  readonly imports: readonly string[]
  /** The files in it. */
  readonly modules: readonly string[]
}
