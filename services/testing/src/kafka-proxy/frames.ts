/** Puts requests or answers of Kafka's protocol together, as they come in parts: each has its length before it. */
export class Frames {
  #rest = Buffer.alloc(0)

  /** @returns those that are complete now */
  add(part: Buffer): readonly Buffer[] {
    this.#rest = Buffer.concat([this.#rest, part])
    const complete: Buffer[] = []
    while (this.#rest.length >= 4 && this.#rest.length >= 4 + this.#rest.readInt32BE(0)) {
      const end = 4 + this.#rest.readInt32BE(0)
      complete.push(this.#rest.subarray(4, end))
      this.#rest = this.#rest.subarray(end)
    }
    return complete
  }

  static of(content: Buffer): Buffer {
    const length = Buffer.alloc(4)
    length.writeInt32BE(content.length)
    return Buffer.concat([length, content])
  }
}
