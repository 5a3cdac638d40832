/** The part of an encoded event that repeats: what it names and states, without ids, times and what else differs from run to run. */
export interface EventShape {
  readonly bytes: Buffer
  /** Start and end of each of `spanCount` ranges of the bytes. */
  readonly spans: Int32Array
  readonly spanCount: number
}

/** Ranges that are collected anew for each event. */
export class SpanList {
  spans = new Int32Array(64)
  count = 0

  clear(): void {
    this.count = 0
  }

  add(start: number, end: number): void {
    if (this.count * 2 === this.spans.length) {
      const grown = new Int32Array(this.spans.length * 2)
      grown.set(this.spans)
      this.spans = grown
    }
    this.spans[this.count * 2] = start
    this.spans[this.count * 2 + 1] = end
    this.count++
  }
}
