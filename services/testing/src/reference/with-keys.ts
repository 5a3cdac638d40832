import type { AssetEvent, HeadwaterEvent } from '@headwater/schemas'

/** The event with every key mapped by `canonical`, except the keys of aliases. */
export function withKeys(typed: HeadwaterEvent, canonical: (key: string) => string): HeadwaterEvent {
  switch (typed.type) {
    case 'MaterializationEvent': {
      const inputs = typed.event.inputs.map((input) => ({ ...input, key: canonical(input.key) }))
      const outputs = typed.event.outputs.map((output) => ({
        ...output,
        key: canonical(output.key),
        inputs: output.inputs?.map(canonical) ?? null,
        columnLineage: output.columnLineage.map((column) => ({
          ...column,
          inputs: column.inputs.map((input) => ({ ...input, key: canonical(input.key) })),
        })),
      }))
      return { type: typed.type, event: { ...typed.event, inputs, outputs } }
    }
    case 'AssetEvent':
      return { type: typed.type, event: withAssetKeys(typed.event, canonical) }
    case 'CheckEvent':
      return { type: typed.type, event: { ...typed.event, key: canonical(typed.event.key) } }
    case 'JobEvent': {
      const lineage = typed.event.lineage?.map(({ output, inputs }) => ({
        output: canonical(output),
        inputs: inputs.map(canonical),
      }))
      return { type: typed.type, event: { ...typed.event, lineage: lineage ?? null } }
    }
    default:
      return typed satisfies never
  }
}

function withAssetKeys(event: AssetEvent, canonical: (key: string) => string): AssetEvent {
  const renamedTo = event.renamedTo === null ? null : canonical(event.renamedTo)
  return { ...event, key: canonical(event.key), renamedTo }
}
