import type { CheckResult } from '@headwater/schemas'
import { hasOnly, own, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'
import { checkResult, maxChecks } from './check-result.ts'

const known = ['assertion', 'success', 'column', 'severity', 'name', 'description', 'expected', 'actual']

/** Checks of the dataset. Their bodies and parameters, where given, are kept beside. */
export const readAssertions: FacetReader<readonly CheckResult[]> = (facet) =>
  listReading(
    own(facet, 'assertions'),
    (entry) => {
      const name = ownText(entry, 'name') ?? ownText(entry, 'assertion')
      const success = own(entry, 'success')
      if (name === undefined || typeof success !== 'boolean') return undefined
      const hasBoth = ownText(entry, 'name') !== undefined && ownText(entry, 'assertion') !== undefined
      return { value: checkResult(name, success ? 'PASS' : 'FAIL', entry), isAll: !hasBoth && hasOnly(entry, known) }
    },
    maxChecks,
  )
