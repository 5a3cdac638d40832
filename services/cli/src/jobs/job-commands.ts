import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { readCommand, withPages } from '../options/read-options.ts'
import { withMoment } from '../options/view-options.ts'
import type { JobOptions } from './job.ts'
import type { JobsOptions } from './jobs.ts'
import type { RunsOptions } from './runs.ts'

/** Commands that list jobs, and show one or its runs. */
export function addJobCommands(program: Command, { context, query }: CommandHost): void {
  withMoment(readCommand(program, 'runs <id>'), context)
    .description('the runs with one run id')
    .addHelpText('after', examples('headwater runs 0190d3a1-7c52-7c44-8d2a-3f0f8f1f9c11'))
    .action((id: string, options: RunsOptions) =>
      query(options, async (api) => (await import('./runs.ts')).runs(context, api, id, options)),
    )
  withMoment(readCommand(program, 'job <job>'), context)
    .description('everything about one job, given as namespace/name')
    .addHelpText('after', examples('headwater job shop/join', 'headwater job shop/join --as-of 2026-11-01'))
    .action((text: string, options: JobOptions) =>
      query(options, async (api) => (await import('./job.ts')).job(context, api, text, options)),
    )
  withMoment(withPages(readCommand(program, 'jobs [query]')), context)
    .description(
      'list jobs: all, or those whose name contains the query; child jobs that write nothing only with --all',
    )
    .option('--namespace <name>', 'only jobs of this namespace')
    .addHelpText(
      'after',
      examples('headwater jobs', 'headwater jobs load --namespace shop', 'headwater jobs --as-of 2026-11-01'),
    )
    .action((text: string | undefined, options: JobsOptions) =>
      query(options, async (api) => (await import('./jobs.ts')).jobs(context, api, text, options)),
    )
}
