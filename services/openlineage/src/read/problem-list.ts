/** What keeps a value from being an event: where (RFC 6901), and a sentence. */
export type EventProblem = { readonly pointer: string; readonly detail: string }

const maxProblems = 20

/** Collects problems, the first 20 of them. */
export class ProblemList {
  readonly #problems: EventProblem[] = []

  get all(): readonly EventProblem[] {
    return this.#problems
  }

  add(pointer: string, detail: string): void {
    if (this.#problems.length < maxProblems) this.#problems.push({ pointer, detail })
  }

  /** Notes that something else was found at `pointer` than was expected there. */
  expected(pointer: string, what: string, found: unknown): void {
    this.add(pointer, `Expected ${what}, found ${named(found)}`)
  }
}

/** The pointer of what has this name within what `pointer` points to. */
export const pointerTo = (pointer: string, name: string | number): string =>
  typeof name === 'number' ? `${pointer}/${name}` : `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`

function named(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (value === '') return 'an empty text'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value) ?? typeof value
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return typeof value === 'string' ? `the text ${shown}` : `the ${typeof value} ${shown}`
}
