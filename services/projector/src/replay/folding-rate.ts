/** Over how long the pace is taken. */
const windowMs = 5_000

type Sample = { readonly at: number; readonly folded: number }

/** How fast something grows, lately and in all. Joining the group beforehand, and comparing afterwards, takes seconds and is no folding. */
export class FoldingRate {
  readonly #samples: Sample[] = []
  #first: Sample | undefined
  #grew: Sample | undefined
  #last: Sample | undefined

  /** @param at milliseconds of a clock that never jumps */
  note(folded: number, at: number): void {
    const sample = { at, folded }
    if (this.#last !== undefined && folded > this.#last.folded) {
      this.#first ??= this.#last
      this.#grew = sample
    }
    this.#last = sample
    this.#samples.push(sample)
    while ((this.#samples[1]?.at ?? at) < at - windowMs) this.#samples.shift()
  }

  /** A second, over the last seconds. */
  get lately(): number {
    return rate(this.#samples[0], this.#last)
  }

  /** A second, from when something was folded first to when it was last. */
  get overall(): number {
    return rate(this.#first, this.#grew)
  }
}

function rate(from: Sample | undefined, to: Sample | undefined): number {
  if (from === undefined || to === undefined || to.at <= from.at) return 0
  return ((to.folded - from.folded) * 1_000) / (to.at - from.at)
}
