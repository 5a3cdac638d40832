/** Bytes of bodies that are being received or decompressed, over all requests. */
export class BodyBudget {
  readonly #most: number
  #taken = 0

  constructor(most: number) {
    this.#most = most
  }

  get isExceeded(): boolean {
    return this.#taken > this.#most
  }

  take(bytes: number): void {
    this.#taken += bytes
  }

  release(bytes: number): void {
    this.#taken -= bytes
  }
}
