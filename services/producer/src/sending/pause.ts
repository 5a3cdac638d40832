/** A wait that can be ended early. Without `sooner` it does not keep the process alive. */
export class Pause {
  #end: (() => void) | undefined

  /** Resolves after `ms`, when `end` is called, or when `sooner` resolves. */
  async wait(ms: number, sooner?: Promise<unknown>): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      if (sooner === undefined) timer.unref()
      this.#end = () => {
        clearTimeout(timer)
        resolve()
      }
      void sooner?.then(this.#end)
    })
    this.#end = undefined
  }

  end(): void {
    this.#end?.()
  }
}
