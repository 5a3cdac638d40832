/** Parses an option that may be repeated: adds its value to those before it. */
export const repeated = (text: string, before: readonly string[] = []): readonly string[] =>
  before.includes(text) ? before : [...before, text]
