import { canonicalJson } from '../../text/canonical-json.ts'
import { hasOnly, own, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'

/**
 * Tags as `key:value`, or `key` when its value is empty, "true", or the key again, as Airflow sends it. Tags of single columns are not
 * tags of the whole: they, and the sources of tags, are kept beside.
 */
export const readTags: FacetReader<readonly string[]> = (facet) => {
  const { value, keep } = listReading(own(facet, 'tags'), (tag) => {
    const key = ownText(tag, 'key')
    if (key === undefined) return undefined
    if (own(tag, 'field') !== undefined) return { value: undefined, isAll: false }
    const said = own(tag, 'value')
    const isBare = said === undefined || said === '' || said === key || String(said) === 'true'
    const text = isBare ? key : `${key}:${textOf(said)}`
    return { value: wellFormed(text), isAll: hasOnly(tag, ['key', 'value']) }
  })
  return { value: [...new Set(value.filter((tag) => tag !== undefined))], keep }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : canonicalJson(value))
