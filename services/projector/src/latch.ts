/** A promise to wait for that can be opened and closed again. */
export class Latch {
  #open: () => void = () => undefined
  #opened: Promise<void>

  constructor() {
    this.#opened = this.#closed()
  }

  get opened(): Promise<void> {
    return this.#opened
  }

  open(): void {
    this.#open()
  }

  /** Opens for those who wait now, and closes for those who come later. */
  reset(): void {
    this.#open()
    this.#opened = this.#closed()
  }

  #closed(): Promise<void> {
    return new Promise((resolve) => {
      this.#open = resolve
    })
  }
}
