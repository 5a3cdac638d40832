import type { ApiClient } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { runText } from '../text/run-text.ts'
import { createStyle } from '../text/style.ts'
import { type ReadOptions, waiting } from './read-options.ts'

/** Prints the runs of one id: several jobs may share it. */
export async function runs(context: Context, api: ApiClient, id: string, options: ReadOptions): Promise<number> {
  const answer = await api.runs(id, waiting(options))
  const style = createStyle(context.colour)
  const lines = options.json
    ? [JSON.stringify(answer)]
    : answer.runs.flatMap((run, index) => [...(index === 0 ? [] : ['']), ...runText(run, style, context.now())])
  for (const line of lines) context.print(line)
  return exitCodes.ok
}
