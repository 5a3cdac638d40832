import { nameText } from '../../text/name-text.ts'
import { ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'

export type JobType = {
  readonly type: string | null
  readonly integration: string | null
  /** True for a job without a natural end, whose runs refresh their outputs while they run. Undefined without a processing type. */
  readonly isStream: boolean | undefined
}

/** The kind of job and the tool it belongs to. The facet is always kept for its processing type and emission pattern. */
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
