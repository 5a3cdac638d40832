import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { runText } from '../text/run-text.ts'
import { createStyle } from '../text/style.ts'
import { viewHeader } from '../text/view-header.ts'
import { createWhen } from '../text/when.ts'
import { type MomentOptions, momentOf, type ReadOptions, waiting } from './read-options.ts'

export type RunsOptions = ReadOptions & MomentOptions

/** Prints the runs of one id: several jobs may share it. */
export async function runs(context: Context, api: ApiClient, id: string, options: RunsOptions): Promise<number> {
  const answer = await api.runs(id, { ...momentOf(options), ...waiting(options) })
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
