import { compareKeys } from '@headwater/lineage'
import { distance } from 'fastest-levenshtein'

/** The names similar to `name`, ignoring case; the nearest by edit distance first. */
export function similarNames(name: string, names: readonly string[], limit: number): readonly string[] {
  const wanted = name.toLowerCase()
  return names
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= wanted.length / 2)
    .sort((a, b) => a.edits - b.edits || compareKeys(a.candidate, b.candidate))
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
