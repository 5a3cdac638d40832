/** Why a value is not a valid event: a JSON pointer (RFC 6901) and a sentence. */
export type EventProblem = { readonly pointer: string; readonly detail: string }

const maxProblems = 20

/** Collects the first 20 problems. */
export class ProblemList {
  readonly #problems: EventProblem[] = []

  get all(): readonly EventProblem[] {
    return this.#problems
  }

  add(pointer: string, detail: string): void {
    if (this.#problems.length < maxProblems) this.#problems.push({ pointer, detail })
  }

  /** Adds a problem: `pointer` has `found` where `what` was expected. */
  expected(pointer: string, what: string, found: unknown): void {
    this.add(pointer, `Expected ${what}, found ${describe(found)}`)
  }
}

/** The pointer to a property or list entry within the value at `pointer`. */
export const pointerTo = (pointer: string, name: string | number): string =>
  typeof name === 'number' ? `${pointer}/${name}` : `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (value === '') return 'an empty string'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value) ?? typeof value
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return typeof value === 'string' ? `the string ${shown}` : `the ${typeof value} ${shown}`
}
