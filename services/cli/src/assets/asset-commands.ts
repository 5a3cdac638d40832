import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type JobOptions, job } from '../jobs/job.ts'
import { type JobsOptions, jobs } from '../jobs/jobs.ts'
import { type RunsOptions, runs } from '../jobs/runs.ts'
import { examples } from '../options/examples.ts'
import { integerArgument } from '../options/integer-argument.ts'
import { createReader, type Reader } from '../options/reader.ts'
import type { Run } from '../options/run.ts'
import { withMoment } from '../options/view-options.ts'
import { type AssetOptions, asset } from './asset.ts'
import { type AssetsOptions, assets } from './assets.ts'
import { type HistoryOptions, history } from './history.ts'

/** Commands that ask the API for assets, runs and jobs. */
export function addReadCommands(program: Command, context: Context, run: Run): void {
  const reader = createReader(program, context, run)
  addAssetCommands(context, reader)
  addRunCommands(context, reader)
}

const withPages = (command: Command): Command =>
  command.option('--limit <n>', 'at most so many', integerArgument(1), 50).option('--all', 'every one', false)

function addAssetCommands(context: Context, { read, ask }: Reader): void {
  withPages(read('assets [query]'))
    .description('list assets, all or those with the query in their key')
    .option('--prefix <text>', 'the key starts with it')
    .option('--platform <name>', 'scheme of the key, e.g. postgres')
    .addHelpText(
      'after',
      examples(
        'headwater assets',
        'headwater assets orders --platform postgres',
        'headwater assets --prefix s3://lake/ --all',
      ),
    )
    .action((query: string | undefined, options: AssetsOptions) =>
      ask(options, (api) => assets(context, api, query, options)),
    )
  withMoment(read('asset <key>'), context)
    .description('everything about one asset')
    .addHelpText(
      'after',
      examples(
        'headwater asset postgres://shop/public/orders',
        'headwater asset postgres://shop/public/orders --as-of 2026-11-01',
      ),
    )
    .action((key: string, options: AssetOptions) => ask(options, (api) => asset(context, api, key, options)))
  withMoment(withPages(read('history <key>')), context)
    .description('what runs did to one asset, latest first')
    .option('--state <state>', 'only runs in this state, e.g. FAILED')
    .addHelpText(
      'after',
      examples(
        'headwater history s3://lake/orders',
        'headwater history s3://lake/orders --state FAILED --all',
        'headwater history s3://lake/orders --as-of 3d',
      ),
    )
    .action((key: string, options: HistoryOptions) => ask(options, (api) => history(context, api, key, options)))
}

function addRunCommands(context: Context, { read, ask }: Reader): void {
  withMoment(read('runs <id>'), context)
    .description('the runs of one run id')
    .addHelpText('after', examples('headwater runs 0190d3a1-7c52-7c44-8d2a-3f0f8f1f9c11'))
    .action((id: string, options: RunsOptions) => ask(options, (api) => runs(context, api, id, options)))
  withMoment(read('job <job>'), context)
    .description('everything about one job, by namespace/name')
    .addHelpText('after', examples('headwater job shop/join', 'headwater job shop/join --as-of 2026-11-01'))
    .action((text: string, options: JobOptions) => ask(options, (api) => job(context, api, text, options)))
  withMoment(withPages(read('jobs [query]')), context)
    .description('list jobs, all or those with the query in their name; children that write nothing only with --all')
    .option('--namespace <name>', 'only jobs of this namespace')
    .addHelpText(
      'after',
      examples('headwater jobs', 'headwater jobs load --namespace shop', 'headwater jobs --as-of 2026-11-01'),
    )
    .action((query: string | undefined, options: JobsOptions) =>
      ask(options, (api) => jobs(context, api, query, options)),
    )
}
