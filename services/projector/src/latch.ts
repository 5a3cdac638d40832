/** A promise that others wait for and that can be opened, then closed again. */
export class Latch {
  #open: () => void = () => undefined
  #passage: Promise<void>

  constructor() {
    this.#passage = this.#closed()
  }

  get passage(): Promise<void> {
    return this.#passage
  }

  open(): void {
    this.#open()
  }

  /** Lets pass who waits now; who comes later waits for the next opening. */
  close(): void {
    this.#open()
    this.#passage = this.#closed()
  }

  #closed(): Promise<void> {
    return new Promise((resolve) => {
      this.#open = resolve
    })
  }
}
