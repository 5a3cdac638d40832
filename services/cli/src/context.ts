import type { CliConfig } from './config.ts'

/** What commands see of the process that runs them. */
export type Context = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly loadConfig: () => CliConfig
  readonly stdin: NodeJS.ReadStream
  /** Answers, a line at a time. */
  readonly print: (line: string) => void
  /** An answer that is bytes. */
  readonly write: (bytes: Uint8Array) => void
  /** Progress and hints, apart from answers. */
  readonly note: (line: string) => void
  /** Columns of the terminal; undefined when the answer goes elsewhere and is not to be cut. */
  readonly width: number | undefined
  readonly colour: boolean
  readonly now: () => number
  /** The script that runs, to run it again. */
  readonly script: string
  /** Where a detached start is waited for: tells the process that waits. */
  readonly report: ((message: StartReport) => void) | undefined
  /** Ends the process with whatever it is still doing; what it started ends with it. */
  readonly exitNow: (code: number) => never
  readonly onSignal: (listen: (signal: NodeJS.Signals) => void) => () => void
}

/** What a detached start says of itself. */
export type StartReport =
  | { readonly kind: 'progress'; readonly line: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly exitCode: number }
