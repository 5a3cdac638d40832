import type { CheckResult, CheckStatus } from '@headwater/schemas'
import { hasOnly, own, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'
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

/** Checks that the run made, not tied to a dataset. */
export const readTests: FacetReader<readonly CheckResult[]> = (facet) =>
  listReading(
    own(facet, 'tests'),
    (entry) => {
      const name = ownText(entry, 'name')
      const status = ownText(entry, 'status')
      if (name === undefined || status === undefined) return undefined
      const found = statuses.get(status.toLowerCase()) ?? 'UNKNOWN'
      return { value: checkResult(name, found, entry), isAll: found !== 'UNKNOWN' && hasOnly(entry, known) }
    },
    maxChecks,
  )
