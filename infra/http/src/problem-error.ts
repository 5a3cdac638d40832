/** The answer to one problem code; `retryable` when the same request may succeed later without any change. */
export type ProblemKind = { readonly status: number; readonly title: string; readonly retryable: boolean }

/** The problem codes of a service. */
export type ProblemKinds = Readonly<Record<string, ProblemKind>>

export type ProblemFacts = Readonly<Record<string, unknown>>

/** An error that is answered with a problem document. The message is its `detail`; `facts` become further members. */
export class ProblemError<Code extends string = string, Facts extends object = ProblemFacts> extends Error {
  readonly code: Code
  readonly status: number
  readonly title: string
  readonly retryable: boolean
  readonly facts: Facts

  /** @param cause for the log; never part of the answer */
  constructor(kind: ProblemKind & { readonly code: Code }, detail: string, facts: Facts, cause?: unknown) {
    super(detail, { cause })
    this.code = kind.code
    this.status = kind.status
    this.title = kind.title
    this.retryable = kind.retryable
    this.facts = facts
  }
}
