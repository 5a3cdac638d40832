/** What was found of one thing that Headwater uses. */
export type Finding = {
  readonly name: string
  readonly ok: boolean
  /** False when everything works without it. */
  readonly needed: boolean
  readonly detail: string
  /** What to do about it; empty when nothing has to be done. */
  readonly remedy: string
}
