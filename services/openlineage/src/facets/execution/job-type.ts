import { nameText } from '../../text/name-text.ts'
import { ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'

export type JobType = {
  readonly type: string | null
  readonly integration: string | null
  /** True for a job that has no natural end: its runs refresh what they write as they go. Undefined when it is not said. */
  readonly isStream: boolean | undefined
}

/** What kind of job it is and of which tool. The facet itself is always kept: processing type and emission pattern are shown. */
export const readJobType: FacetReader<JobType> = (facet) => {
  const type = ownText(facet, 'jobType')
  const integration = ownText(facet, 'integration')
  const processing = ownText(facet, 'processingType')?.toUpperCase()
  return {
    value: {
      type: type === undefined ? null : nameText(type.toLowerCase()),
      integration: integration === undefined ? null : nameText(integration.toLowerCase()),
      isStream: processing === undefined ? undefined : processing === 'STREAMING' || processing === 'SERVICE',
    },
    keep: 'facet',
  }
}
