/** A part of the stack as a process. */
export type Part = {
  readonly name: 'kafka' | 'registry' | 'clickhouse'
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Work before the first start. */
  readonly prepare: () => Promise<void>
  readonly check: () => Promise<void>
  /** Work after its last end. @param inOrder false when it had to be killed */
  readonly ended?: (inOrder: boolean) => Promise<void>
}
