/** Metadata (JSON texts by name) as the facet `headwater_metadata`; undefined for empty metadata. */
export function metadataFacet(metadata: Readonly<Record<string, string>>): object | undefined {
  const entries = Object.entries(metadata)
  if (entries.length === 0) return undefined
  return { metadata: Object.fromEntries(entries.map(([name, text]) => [name, parsed(text)])) }
}

/** Some producers write plain text where JSON text is expected; it becomes a JSON string. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
