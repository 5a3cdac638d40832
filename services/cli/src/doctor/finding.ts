/** The result of one check. */
export type Finding = {
  readonly name: string
  readonly ok: boolean
  /** False when Headwater works without it. */
  readonly needed: boolean
  readonly detail: string
  /** How to fix it; empty when nothing has to be done. */
  readonly remedy: string
}

export const gapRemedy = 'See docs/operations.md, "Records were deleted before they were folded"'
