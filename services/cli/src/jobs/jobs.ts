import type { JobPage } from '@headwater/api/contract'
import { allPages } from '../api/all-pages.ts'
import type { ApiClient, Parameters } from '../api/api-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { type ReadOptions, waitParameters } from '../options/read-options.ts'
import { type MomentOptions, momentOf } from '../options/view-options.ts'
import { counted } from '../terminal/counted.ts'
import { printable } from '../terminal/printable.ts'
import { createStyle } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import { viewHeader } from '../terminal/view-header.ts'
import { createWhen, type When } from '../terminal/when.ts'

export type JobsOptions = ReadOptions &
  MomentOptions & { readonly namespace?: string; readonly limit: number; readonly all: boolean }

/** Lists jobs by namespace and name; without `all`, leaves out child jobs that wrote nothing. */
export async function jobs(
  context: Context,
  api: ApiClient,
  query: string | undefined,
  options: JobsOptions,
): Promise<number> {
  const { namespace, limit, all } = options
  const children = all ? 'all' : undefined
  const parameters: Parameters = {
    q: query,
    jobNamespace: namespace,
    children,
    limit,
    ...momentOf(options),
    ...waitParameters(options),
  }
  const page = all ? await allPages((cursor) => api.jobs({ ...parameters, cursor })) : await api.jobs(parameters)
  if (options.json) context.print(JSON.stringify(page))
  else {
    for (const line of viewHeader(options, createStyle(context.colour))) context.print(line)
    if (page.items.length === 0) context.note('No jobs found')
    else printJobs(context, page, createWhen(options, context.now()))
    if (page.hidden > 0) {
      const left = `${counted(page.hidden, 'child job')} left out, whose runs wrote nothing`
      context.note(`${left}; list all with --all`)
    }
  }
  return exitCodes.ok
}

function printJobs(context: Context, { items, nextCursor }: JobPage, when: When): void {
  const style = createStyle(context.colour)
  const rows = items.map((job) => [
    printable(`${job.jobNamespace}/${job.jobName}`),
    job.lastRun?.state ?? 'none',
    job.lastRun === null ? '' : when(job.lastRun.endedAt ?? job.lastRun.lastEventAt),
    String(job.runs),
    String(job.outputCount),
  ])
  const columns = [
    { title: 'Job', flexible: true },
    { title: 'Last run', paint: (text: string) => (text === 'FAILED' ? style.red(text) : text) },
    { title: 'When', paint: style.dim },
    { title: 'Runs' },
    { title: 'Assets' },
  ]
  for (const line of formatTable(columns, rows, context.width)) context.print(line)
  if (nextCursor !== null) context.note('More jobs exist; list all with --all')
}
