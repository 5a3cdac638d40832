import { isNow, type Moment } from '@headwater/lineage'
import type { AssetCatalog, JobKey } from '../catalog/asset-catalog.ts'
import { ApiError } from '../errors.ts'
import { isoOrNull } from './iso-time.ts'
import { similarNames } from './similar-names.ts'

const suggestions = 3

/** @throws ApiError ASSET_NOT_FOUND that tells whether it was named later, or else which known keys look like this one */
export async function assetNotFound(catalog: AssetCatalog, key: string, moment: Moment): Promise<never> {
  const [later] = isNow(moment) ? [] : await catalog.assetSummaries([key], {})
  if (later !== undefined) {
    const detail = `No event names ${key} by then; the first that does occurred at ${later.firstSeen}`
    throw new ApiError('ASSET_NOT_FOUND', detail, { key, firstSeen: later.firstSeen, didYouMean: [] })
  }
  const didYouMean = await catalog.similarKeys(key, suggestions)
  const hint = didYouMean.length === 0 ? '' : `; did you mean ${didYouMean.join(' or ')}?`
  throw new ApiError('ASSET_NOT_FOUND', `No event names ${key}${hint}`, { key, didYouMean })
}

/** @throws ApiError JOB_NOT_FOUND that tells whether it was named later, or else which known jobs look like this one */
export async function jobNotFound(catalog: AssetCatalog, job: JobKey, moment: Moment): Promise<never> {
  const name = `${job.jobNamespace}/${job.jobName}`
  if (!isNow(moment) && (await catalog.jobCard(job, {})) !== undefined) {
    throw new ApiError('JOB_NOT_FOUND', `No event names job ${name} by then, only later`, { ...job, didYouMean: [] })
  }
  const didYouMean = await catalog.similarJobs(job, suggestions)
  const names = didYouMean.map(({ jobNamespace, jobName }) => `${jobNamespace}/${jobName}`)
  const hint = names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`
  throw new ApiError('JOB_NOT_FOUND', `No event names job ${name}${hint}`, { ...job, didYouMean })
}

/** @throws ApiError COLUMN_NOT_FOUND that tells which of the columns that are known look like this one */
export function columnNotFound(key: string, column: string, known: readonly string[]): never {
  const didYouMean = similarNames(column, known, suggestions)
  const hint = didYouMean.length === 0 ? '' : `; did you mean ${didYouMean.join(' or ')}?`
  const detail = `${key} has no column ${column} that an event names${hint}`
  throw new ApiError('COLUMN_NOT_FOUND', detail, { key, column, didYouMean })
}

/** @throws ApiError RUN_NOT_FOUND that tells whether it was named later, or may have expired */
export async function runNotFound(catalog: AssetCatalog, runId: string, moment: Moment): Promise<never> {
  const isNamedLater = !isNow(moment) && (await catalog.runs(runId, {})).length > 0
  const expired = `, or it ended before ${isoOrNull(moment.horizon)} and has expired`
  const hint = isNamedLater ? ' by then, only later' : moment.horizon === undefined ? '' : expired
  throw new ApiError('RUN_NOT_FOUND', `No event names run ${runId}${hint}`, { runId })
}
