import type { HeadwaterEvent, JobEvent, MaterializationEvent } from '@headwater/schemas'
import { eventWithoutSecrets } from './event-without-secrets.ts'

/** What is to be erased from a log. */
export type Erasure = {
  /** Keys of assets, each of them and no key below it. */
  readonly assets: ReadonlySet<string>
  /** Texts that are replaced wherever they stand. */
  readonly texts: readonly string[]
}

const hidden = '***'

/**
 * The event without the assets and texts, and without what `eventWithoutSecrets` removes; undefined where nothing is left: facts about an
 * erased asset. A run that read or wrote it stays, without it. The same object where there is nothing to erase.
 */
export function erasedEvent(event: HeadwaterEvent, { assets, texts }: Erasure): HeadwaterEvent | undefined {
  const kept = assets.size === 0 ? event : withoutAssets(event, assets)
  if (kept === undefined) return undefined
  const patterns = [
    ...[...assets].map((key) => new RegExp(`${escaped(key)}(?![\\w./%~-])`, 'g')),
    ...texts.map(textPattern),
  ]
  const erased = patterns.length === 0 ? kept.event : withoutTexts(kept.event, patterns)
  return eventWithoutSecrets(erased === kept.event ? kept : ({ type: kept.type, event: erased } as HeadwaterEvent))
}

const textPattern = (text: string) =>
  new RegExp([...new Set([text, JSON.stringify(text).slice(1, -1)])].map(escaped).join('|'), 'g')

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

function withoutAssets(event: HeadwaterEvent, assets: ReadonlySet<string>): HeadwaterEvent | undefined {
  switch (event.type) {
    case 'MaterializationEvent':
      return namesAny(event.event, assets) ? { type: event.type, event: runWithout(event.event, assets) } : event
    case 'JobEvent':
      return namesAny(event.event, assets) ? { type: event.type, event: jobWithout(event.event, assets) } : event
    case 'AssetEvent': {
      const { key, alias, renamedTo } = event.event
      return [key, alias, renamedTo].some((each) => each !== null && assets.has(each)) ? undefined : event
    }
    case 'CheckEvent':
      return assets.has(event.event.key) ? undefined : event
    default:
      return event satisfies never
  }
}

const namesAny = (event: object, assets: ReadonlySet<string>) => {
  const text = JSON.stringify(event)
  return [...assets].some((key) => text.includes(key))
}

function runWithout(event: MaterializationEvent, assets: ReadonlySet<string>): MaterializationEvent {
  const isKept = ({ key }: { readonly key: string }) => !assets.has(key)
  return {
    ...event,
    inputs: event.inputs.filter(isKept),
    outputs: event.outputs.filter(isKept).map((output) => ({
      ...output,
      inputs: output.inputs?.filter((key) => !assets.has(key)) ?? null,
      metadata: metadataWithout(output.metadata, assets),
      columnLineage: output.columnLineage.flatMap(({ column, inputs }) => {
        const left = inputs.filter(isKept)
        return left.length === 0 ? [] : [{ column, inputs: left }]
      }),
    })),
    metadata: metadataWithout(event.metadata, assets),
  }
}

const jobWithout = (event: JobEvent, assets: ReadonlySet<string>): JobEvent => ({
  ...event,
  lineage:
    event.lineage
      ?.filter(({ output }) => !assets.has(output))
      .map(({ output, inputs }) => ({ output, inputs: inputs.filter((key) => !assets.has(key)) })) ?? null,
  metadata: metadataWithout(event.metadata, assets),
})

/** Without entries that are about an asset: `<facet>:<asset key>`. */
const metadataWithout = (metadata: Readonly<Record<string, string>>, assets: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(metadata).filter(([name]) => ![...assets].some((key) => name.endsWith(`:${key}`))))

function withoutTexts<T>(value: T, patterns: readonly RegExp[]): T {
  return replaced(value, patterns) as T
}

function replaced(value: unknown, patterns: readonly RegExp[]): unknown {
  if (typeof value === 'string') return patterns.reduce((text, pattern) => text.replace(pattern, hidden), value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const list = value.map((entry) => replaced(entry, patterns))
    return list.every((entry, index) => entry === value[index]) ? value : list
  }
  let isSame = true
  const entries = Object.entries(value).map(([name, member]) => {
    const [shown, entry] = [replaced(name, patterns) as string, replaced(member, patterns)]
    if (shown !== name || entry !== member) isSame = false
    return [shown, entry] as const
  })
  return isSame ? value : Object.fromEntries(entries)
}
