/** Facts by name, each a JSON text, as the facet `headwater_metadata`; undefined when there is none. */
export function metadataFacet(metadata: Readonly<Record<string, string>>): object | undefined {
  const entries = Object.entries(metadata)
  if (entries.length === 0) return undefined
  return { metadata: Object.fromEntries(entries.map(([name, text]) => [name, parsed(text)])) }
}

/** A text that is no JSON, as some write it, is itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
