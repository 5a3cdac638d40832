/** Options of every command that asks the API. */
export type ReadOptions = {
  readonly api?: string
  readonly json: boolean
  readonly wait?: string
}

const waitMs = 30_000

/** The parameters that make an answer contain a position. */
export const waiting = ({ wait }: ReadOptions) => (wait === undefined ? {} : { waitFor: wait, timeoutMs: waitMs })
