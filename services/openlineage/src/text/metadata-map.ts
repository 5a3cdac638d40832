import { canonicalJson } from './canonical-json.ts'
import { nameText } from './name-text.ts'
import { wellFormed } from './well-formed.ts'

const maxValueBytes = 64 * 1024
const maxTotalBytes = 256 * 1024
const headLength = 4096

type Entry = { readonly name: string; readonly text: string; readonly bytes: number }

/**
 * Metadata as JSON texts by name, sorted by name. A value above 64 KiB is cut to its first 4,096 characters; where all
 * values together exceed 256 KiB, so are the largest ones until they fit.
 */
export function metadataMap(values: Iterable<readonly [name: string, value: unknown]>): Record<string, string> {
  const entries = [...new Map(values)].map(([name, value]) => bounded(entryOf(name, canonicalJson(value))))
  const largestFirst = entries.map((_, index) => index).sort((a, b) => sizeAt(entries, b) - sizeAt(entries, a) || a - b)
  let total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  for (const index of largestFirst) {
    if (total <= maxTotalBytes) break
    const entry = entries[index]
    if (entry === undefined || entry.bytes <= headLength * 2) break
    const cut = cutEntry(entry)
    entries[index] = cut
    total += cut.bytes - entry.bytes
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(entries.map(({ name, text }) => [name, text]))
}

const entryOf = (name: string, text: string): Entry => ({ name: nameText(name), text, bytes: Buffer.byteLength(text) })

const sizeAt = (entries: readonly Entry[], index: number) => entries[index]?.bytes ?? 0

const bounded = (entry: Entry): Entry => (entry.bytes > maxValueBytes ? cutEntry(entry) : entry)

function cutEntry({ name, text, bytes }: Entry): Entry {
  const head = wellFormed(text.slice(0, headLength))
  return entryOf(name, JSON.stringify({ _cut: true, bytes, head }))
}
