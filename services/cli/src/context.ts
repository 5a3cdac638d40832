import type { CliConfig } from './config.ts'

/** What commands see of the process that runs them. */
export type Context = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Rejects with CliError INVALID_CONFIG. */
  readonly loadConfig: () => Promise<CliConfig>
  readonly stdin: NodeJS.ReadStream
  /** Writes a line of an answer to standard output. */
  readonly print: (line: string) => void
  /** Writes an answer that is bytes. */
  readonly write: (bytes: Uint8Array) => void
  /** Writes a line of progress, or a hint, to standard error. */
  readonly note: (line: string) => void
  /** Columns of the terminal; undefined when output goes to a file or a pipe and must not be cut. */
  readonly width: number | undefined
  readonly colour: boolean
  readonly now: () => number
  /** The script that is running, to start it again. */
  readonly script: string
  /** Reports to the process that waits for a detached start; undefined when none waits. */
  readonly report: ((message: StartReport) => void) | undefined
  /** Ends the process at once; the processes that it started end with it. */
  readonly exitNow: (code: number) => never
  readonly onSignal: (listen: (signal: NodeJS.Signals) => void) => () => void
}

/** What a detached start reports. */
export type StartReport =
  | { readonly kind: 'progress'; readonly line: string }
  | { readonly kind: 'ready' }
  /** Another process has started the stack. */
  | { readonly kind: 'found' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly exitCode: number }

/** The variable that makes `headwater up` report to the process that started it. */
export const detachedVariable = 'HEADWATER_DETACHED'
