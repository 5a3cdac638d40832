/** Counts the bytes of all bodies that are being received or decompressed, over all requests. */
export class BodyBudget {
  readonly #maxBytes: number
  #taken = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get isExceeded(): boolean {
    return this.#taken > this.#maxBytes
  }

  take(bytes: number): void {
    this.#taken += bytes
  }

  release(bytes: number): void {
    this.#taken -= bytes
  }
}
