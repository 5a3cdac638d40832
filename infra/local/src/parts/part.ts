/** A part of the stack as a process. */
export type Part = {
  readonly name: 'kafka' | 'registry' | 'clickhouse'
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Work to be done once before the first start. */
  readonly prepare: () => Promise<void>
  readonly check: () => Promise<void>
}
