/** A failure that may happen somewhere and ends what waits for `happened`. */
export class Failure {
  fail: (error: Error) => void = () => undefined
  readonly happened = new Promise<never>((_, reject) => {
    this.fail = reject
  })
}
