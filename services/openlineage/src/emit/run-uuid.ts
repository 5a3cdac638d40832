import type { RunReference } from '@headwater/schemas'
import { digestUuid } from '../text/digest.ts'
import { comparableRunId, isUuid } from '../text/uuid.ts'

/** A run's id as the UUID that OpenLineage requires; any other id becomes a UUID of version 8, the same for the same run of the same job. */
export const runUuid = ({ jobNamespace, jobName, runId }: RunReference): string =>
  isUuid(runId) ? comparableRunId(runId) : digestUuid(JSON.stringify([jobNamespace, jobName, runId]))
