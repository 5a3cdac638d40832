import { canonicalJson } from '../../text/canonical-json.ts'
import { hasOnly, ownProperty, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'
import { readList } from '../read-list.ts'

/**
 * Tags as `key:value`, or `key` where the value is empty, "true" or the key again (Airflow sends it so). Tags of columns are not tags of
 * the dataset; the facet is kept for them and for the sources of tags.
 */
export const readTags: FacetReader<readonly string[]> = (facet) => {
  const { value, keep } = readList(ownProperty(facet, 'tags'), (tag) => {
    const key = ownText(tag, 'key')
    if (key === undefined) return undefined
    if (ownProperty(tag, 'field') !== undefined) return { value: undefined, isComplete: false }
    const given = ownProperty(tag, 'value')
    const isBare = given === undefined || given === '' || given === key || String(given) === 'true'
    const text = isBare ? key : `${key}:${textOf(given)}`
    return { value: wellFormed(text), isComplete: hasOnly(tag, ['key', 'value']) }
  })
  return { value: [...new Set(value.filter((tag) => tag !== undefined))], keep }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : canonicalJson(value))
