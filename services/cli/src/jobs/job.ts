import type { JobCard } from '@headwater/api/contract'
import type { ApiClient } from '../api/api-client.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { createWhen } from '../terminal/when.ts'
import { jobCardText } from './job-card-text.ts'
import { jobNames } from './job-names.ts'

export type JobOptions = ReadOptions & MomentOptions

/** Prints everything about one job. @param text namespace/name */
export async function job(context: Context, api: ApiClient, text: string, options: JobOptions): Promise<number> {
  const card = await find(api, text, options)
  const style = createStyle(context.colour)
  const when = createWhen(options, context.now())
  const lines = options.json
    ? [JSON.stringify(card)]
    : [...viewHeader(options, style), ...jobCardText(card, { style, width: context.width, when })]
  for (const line of lines) context.print(line)
  return exitCodes.ok
}

/** Finds the first existing job among those that the text may identify. @throws CliError of the first, when none exists */
async function find(api: ApiClient, text: string, options: JobOptions): Promise<JobCard> {
  let firstError: CliError | undefined
  for (const name of jobNames(text)) {
    try {
      return await api.job({ ...name, ...momentOf(options), ...waitParameters(options) })
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'REFUSED') throw error
      firstError ??= error
    }
  }
  throw (
    firstError ??
    new CliError('INVALID_INPUT', `Invalid job ${text}: expected namespace/name, as \`headwater jobs\` lists it`)
  )
}
