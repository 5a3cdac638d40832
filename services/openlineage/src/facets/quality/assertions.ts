import type { CheckResult } from '@headwater/schemas'
import { hasOnly, ownProperty, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'
import { readList } from '../read-list.ts'
import { checkResult, maxChecks } from './check-result.ts'

const known = ['assertion', 'success', 'column', 'severity', 'name', 'description', 'expected', 'actual']

/** Checks of the dataset. The facet is kept where it has more than that, e.g. bodies and parameters of checks. */
export const readAssertions: FacetReader<readonly CheckResult[]> = (facet) =>
  readList(
    ownProperty(facet, 'assertions'),
    (entry) => {
      const name = ownText(entry, 'name') ?? ownText(entry, 'assertion')
      const success = ownProperty(entry, 'success')
      if (name === undefined || typeof success !== 'boolean') return undefined
      const hasBoth = ownText(entry, 'name') !== undefined && ownText(entry, 'assertion') !== undefined
      return {
        value: checkResult(name, success ? 'PASS' : 'FAIL', entry),
        isComplete: !hasBoth && hasOnly(entry, known),
      }
    },
    maxChecks,
  )
