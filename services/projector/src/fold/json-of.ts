/** A JSON text; one that is not counts as a plain string, since nothing checked it before. */
export function jsonOf(value: string): string {
  try {
    JSON.parse(value)
    return value
  } catch {
    return JSON.stringify(value)
  }
}
