import { isNow, type JobIdentity, type Moment } from '@headwater/lineage'
import type { Catalog } from '../catalog/catalog.ts'
import { ApiError } from '../errors.ts'
import { isoOrNull } from './iso-time.ts'
import { similarNames } from './similar-names.ts'

const suggestions = 3

/** @throws ApiError ASSET_NOT_FOUND with the time of a later first event, or else with similar keys */
export async function assetNotFound(catalog: Catalog, key: string, moment: Moment): Promise<never> {
  const [later] = isNow(moment) ? [] : await catalog.assets.summaries([key], {})
  if (later !== undefined) {
    const detail = `No event names ${key} at that moment; the first one occurred at ${later.firstSeen}`
    throw new ApiError('ASSET_NOT_FOUND', detail, { key, firstSeen: later.firstSeen, didYouMean: [] })
  }
  const didYouMean = await catalog.assets.similarKeys(key, suggestions)
  const hint = didYouMean.length === 0 ? '' : `; did you mean ${didYouMean.join(' or ')}?`
  throw new ApiError('ASSET_NOT_FOUND', `No event names ${key}${hint}`, { key, didYouMean })
}

/** @throws ApiError JOB_NOT_FOUND that states whether only later events name the job, or else suggests similar jobs */
export async function jobNotFound(catalog: Catalog, job: JobIdentity, moment: Moment): Promise<never> {
  const name = `${job.jobNamespace}/${job.jobName}`
  if (!isNow(moment) && (await catalog.jobs.card(job, {})) !== undefined) {
    throw new ApiError('JOB_NOT_FOUND', `No event names job ${name} at that moment; later events do`, {
      ...job,
      didYouMean: [],
    })
  }
  const didYouMean = await catalog.jobs.similar(job, suggestions)
  const names = didYouMean.map(({ jobNamespace, jobName }) => `${jobNamespace}/${jobName}`)
  const hint = names.length === 0 ? '' : `; did you mean ${names.join(' or ')}?`
  throw new ApiError('JOB_NOT_FOUND', `No event names job ${name}${hint}`, { ...job, didYouMean })
}

/** @throws ApiError COLUMN_NOT_FOUND with similar columns */
export function columnNotFound(key: string, column: string, known: readonly string[]): never {
  const didYouMean = similarNames(column, known, suggestions)
  const hint = didYouMean.length === 0 ? '' : `; did you mean ${didYouMean.join(' or ')}?`
  const detail = `No event names column ${column} of ${key}${hint}`
  throw new ApiError('COLUMN_NOT_FOUND', detail, { key, column, didYouMean })
}

/** @throws ApiError RUN_NOT_FOUND that states whether only later events name the run, or whether it may have expired */
export async function runNotFound(catalog: Catalog, runId: string, moment: Moment): Promise<never> {
  const isNamedLater = !isNow(moment) && (await catalog.runs.byId(runId, {})).length > 0
  const expired = `, or it ended before ${isoOrNull(moment.horizon)} and has expired`
  const hint = isNamedLater ? ' at that moment; later events do' : moment.horizon === undefined ? '' : expired
  throw new ApiError('RUN_NOT_FOUND', `No event names run ${runId}${hint}`, { runId })
}
