const recentMs = 5_000

type Sample = { readonly at: number; readonly folded: number }

/** Events per second recently, and how long folding took. That leaves out joining the group before and comparing tables after, which take seconds. */
export class FoldingRate {
  readonly #samples: Sample[] = []
  #beforeFirst: Sample | undefined
  #lastGrowth: Sample | undefined
  #last: Sample | undefined

  /** @param at milliseconds of a monotonic clock */
  add(folded: number, at: number): void {
    const sample = { at, folded }
    if (this.#last !== undefined && folded > this.#last.folded) {
      this.#beforeFirst ??= this.#last
      this.#lastGrowth = sample
    }
    this.#last = sample
    this.#samples.push(sample)
    while ((this.#samples[1]?.at ?? at) < at - recentMs) this.#samples.shift()
  }

  /** Over the last five seconds. */
  get recent(): number {
    return rate(this.#samples[0], this.#last)
  }

  /** Time from the first folded event to the last. */
  get foldingMs(): number {
    return (this.#lastGrowth?.at ?? 0) - (this.#beforeFirst?.at ?? 0)
  }
}

function rate(from: Sample | undefined, to: Sample | undefined): number {
  if (from === undefined || to === undefined || to.at <= from.at) return 0
  return ((to.folded - from.folded) * 1_000) / (to.at - from.at)
}
