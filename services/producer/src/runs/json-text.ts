/** `value` as JSON text; where that fails or exceeds `maxLength` characters, a JSON string that says so, and the problem. */
export function jsonText(value: unknown, maxLength: number): { readonly text: string; readonly problem?: string } {
  let text: string | undefined
  try {
    text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner))
  } catch (error) {
    const problem = `it has no JSON form (${error instanceof Error ? error.message.split('\n')[0] : typeof error})`
    return { text: JSON.stringify(`(${problem})`), problem }
  }
  if (text === undefined) return { text: 'null' }
  if (text.length <= maxLength) return { text }
  const problem = `it has ${text.length} characters of JSON; at most ${maxLength} are kept`
  return { text: JSON.stringify(`(${problem})`), problem }
}
