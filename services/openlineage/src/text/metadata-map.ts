import { canonicalJson } from './canonical-json.ts'
import { nameText } from './name-text.ts'
import { wellFormed } from './well-formed.ts'
import { withoutSecrets } from './without-secrets.ts'

const maxValueBytes = 64 * 1024
const maxTotalBytes = 256 * 1024
const headLength = 4096

type Entry = { readonly name: string; readonly text: string; readonly bytes: number }

/**
 * Facts by name as JSON texts, sorted by name, without secrets. A value above 64 KiB is cut to its head; when all together are above
 * 256 KiB, so are the largest, until they fit.
 */
export function metadataMap(facts: Iterable<readonly [name: string, value: unknown]>): Record<string, string> {
  const entries = [...new Map(facts)].map(([name, value]) =>
    bounded(entryOf(name, canonicalJson(withoutSecrets(value)))),
  )
  const largestFirst = entries.map((_, place) => place).sort((a, b) => sizeAt(entries, b) - sizeAt(entries, a) || a - b)
  let total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  for (const place of largestFirst) {
    if (total <= maxTotalBytes) break
    const entry = entries[place]
    if (entry === undefined || entry.bytes <= headLength * 2) break
    const cut = cutEntry(entry)
    entries[place] = cut
    total += cut.bytes - entry.bytes
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(entries.map(({ name, text }) => [name, text]))
}

const entryOf = (name: string, text: string): Entry => ({ name: nameText(name), text, bytes: Buffer.byteLength(text) })

const sizeAt = (entries: readonly Entry[], place: number) => entries[place]?.bytes ?? 0

const bounded = (entry: Entry): Entry => (entry.bytes > maxValueBytes ? cutEntry(entry) : entry)

function cutEntry({ name, text, bytes }: Entry): Entry {
  const head = wellFormed(text.slice(0, headLength))
  return entryOf(name, JSON.stringify({ _cut: true, bytes, head }))
}
