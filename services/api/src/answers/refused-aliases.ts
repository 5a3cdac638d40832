import { type AliasIndex, compareKeys } from '@headwater/lineage'
import type { RefusedAlias } from '../contract/index.ts'
import { iso, isoOrNull } from './iso-time.ts'

/** All refused aliases, sorted by `placeOf`. */
export function refusedAliases({ refused, refusedRules, rules }: AliasIndex): readonly RefusedAlias[] {
  const merges = refused.map(({ since, between, ...merge }): RefusedAlias => {
    return { ...merge, since: iso(since), between: [...between] }
  })
  const contradictions = refusedRules.map(({ from, to, since }): RefusedAlias => {
    const between = [to, rules.find((rule) => rule.from === from)?.to ?? from]
    return { asset: to, alias: from, source: 'authority', since: isoOrNull(since), reason: 'contradicts', between }
  })
  return [...merges, ...contradictions].sort((a, b) => compareKeys(placeOf(a), placeOf(b)))
}

/** The place of a refused alias in the list. */
export const placeOf = ({ asset, alias, source }: Pick<RefusedAlias, 'asset' | 'alias' | 'source'>): string =>
  `${asset}\n${alias}\n${source}`
