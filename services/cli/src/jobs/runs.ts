import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { createStyle } from '../terminal/style.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { createWhen } from '../terminal/when.ts'
import { runText } from './run-text.ts'

export type RunsOptions = ReadOptions & MomentOptions

/** Prints the runs with one id, which several jobs may share. */
export async function runs(context: Context, api: ApiClient, id: string, options: RunsOptions): Promise<number> {
  const answer = await api.runs(id, { ...momentOf(options), ...waitParameters(options) })
  const style = createStyle(context.colour)
  const when = createWhen(options, context.now())
  const lines = options.json
    ? [JSON.stringify(answer)]
    : [
        ...viewHeader(options, style),
        ...answer.runs.flatMap((run, index) => [...(index === 0 ? [] : ['']), ...runText(run, style, when)]),
      ]
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
