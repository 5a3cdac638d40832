/** Options of every command that asks the API. */
export type ReadOptions = {
  readonly api?: string
  readonly json: boolean
  readonly wait?: string
}

const waitMs = 30_000

/** The parameters that make an answer contain a position. */
export const waiting = ({ wait }: ReadOptions) => (wait === undefined ? {} : { waitFor: wait, timeoutMs: waitMs })

/** Options of commands that can be asked of an earlier moment; the times are ISO, as the API takes them. */
export type MomentOptions = { readonly asOf?: string; readonly knownAt?: string }

export const momentOf = ({ asOf, knownAt }: MomentOptions) => ({ asOf, knownAt })

/** Which way to walk from an asset. */
export const directionOf = ({ up, down }: { readonly up: boolean; readonly down: boolean }) =>
  up === down ? 'both' : up ? 'upstream' : 'downstream'
