import type { CheckResult, CheckStatus } from '@headwater/schemas'
import { hasOnly, ownProperty, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'
import { readList } from '../read-list.ts'
import { checkResult, maxChecks } from './check-result.ts'

const known = ['name', 'status', 'severity', 'description', 'expected', 'actual']

const statuses: ReadonlyMap<string, CheckStatus> = new Map([
  ['pass', 'PASS'],
  ['passed', 'PASS'],
  ['success', 'PASS'],
  ['warn', 'WARN'],
  ['fail', 'FAIL'],
  ['failed', 'FAIL'],
  ['error', 'ERROR'],
  ['skip', 'SKIPPED'],
  ['skipped', 'SKIPPED'],
])

/** Checks of a run that name no dataset. */
export const readTests: FacetReader<readonly CheckResult[]> = (facet) =>
  readList(
    ownProperty(facet, 'tests'),
    (entry) => {
      const name = ownText(entry, 'name')
      const status = ownText(entry, 'status')
      if (name === undefined || status === undefined) return undefined
      const found = statuses.get(status.toLowerCase()) ?? 'UNKNOWN'
      return { value: checkResult(name, found, entry), isComplete: found !== 'UNKNOWN' && hasOnly(entry, known) }
    },
    maxChecks,
  )
