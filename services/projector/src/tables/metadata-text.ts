/** A JSON object of entries whose values are JSON texts; one that is not, since nothing checked it before, counts as a plain string. */
export function metadataText(metadata: Readonly<Record<string, string>>): string {
  const entries = Object.entries(metadata)
  if (entries.length === 0) return ''
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`).join(',')}}`
}

/** A JSON text; one that is not counts as a plain string. */
export function jsonOf(value: string): string {
  try {
    JSON.parse(value)
    return value
  } catch {
    return JSON.stringify(value)
  }
}
