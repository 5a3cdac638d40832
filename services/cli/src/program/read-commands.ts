import type { Command } from 'commander'
import { type ApiClient, createApiClient } from '../api/api-client.ts'
import { findApiUrl } from '../api/api-url.ts'
import { asset } from '../commands/asset.ts'
import { type AssetsOptions, assets } from '../commands/assets.ts'
import { type JobsOptions, jobs } from '../commands/jobs.ts'
import { type LineageOptions, lineage } from '../commands/lineage.ts'
import type { ReadOptions } from '../commands/read-options.ts'
import { runs } from '../commands/runs.ts'
import type { Context } from '../context.ts'
import { examples } from './examples.ts'
import { configFor, type HomeOption, withHome } from './home-option.ts'
import { integerArgument } from './integer-argument.ts'
import type { Run } from './run.ts'

/** Commands that ask the API. */
export function addReadCommands(program: Command, context: Context, run: Run): void {
  const ask = async (options: ReadOptions & HomeOption, command: (api: ApiClient) => Promise<number>) =>
    run(findApiUrl(configFor(context, options), options.api).then((url) => command(createApiClient(url))))
  const read = (usage: string) =>
    withHome(program.command(usage))
      .option('--api <url>', 'where the API is (default: HEADWATER_API_URL, else the running stack)')
      .option('--wait <position>', 'answer once this position is folded, e.g. what `headwater emit` printed')
      .option('--json', "print the API's answer", false)

  read('assets [query]')
    .description('list assets, all or those with the query in their key')
    .option('--prefix <text>', 'the key starts with it')
    .option('--platform <name>', 'scheme of the key, e.g. postgres')
    .option('--limit <n>', 'at most so many', integerArgument(1), 50)
    .option('--all', 'every one', false)
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
  read('asset <key>')
    .description('everything about one asset')
    .addHelpText('after', examples('headwater asset postgres://shop/public/orders'))
    .action((key: string, options: ReadOptions) => ask(options, (api) => asset(context, api, key, options)))
  read('lineage <key>')
    .description('where an asset comes from and what is made from it, as a tree')
    .option('--up', 'only what it is made from', false)
    .option('--down', 'only what is made from it', false)
    .option('--depth <n>', 'greatest distance', integerArgument(0), 3)
    .option('--max-nodes <n>', 'most assets', integerArgument(1), 500)
    .addHelpText(
      'after',
      examples(
        'headwater lineage s3://lake/orders',
        'headwater lineage s3://lake/orders --up --depth 10',
        'headwater lineage s3://lake/orders --wait headwater.events:0:41 --json',
      ),
    )
    .action((key: string, options: LineageOptions) => ask(options, (api) => lineage(context, api, key, options)))
  read('runs <id>')
    .description('the runs of one run id')
    .addHelpText('after', examples('headwater runs 0190d3a1-7c52-7c44-8d2a-3f0f8f1f9c11'))
    .action((id: string, options: ReadOptions) => ask(options, (api) => runs(context, api, id, options)))
  read('jobs [query]')
    .description('list jobs, all or those with the query in their name')
    .option('--namespace <name>', 'only jobs of this namespace')
    .option('--limit <n>', 'at most so many', integerArgument(1), 50)
    .option('--all', 'every one', false)
    .addHelpText('after', examples('headwater jobs', 'headwater jobs load --namespace shop'))
    .action((query: string | undefined, options: JobsOptions) =>
      ask(options, (api) => jobs(context, api, query, options)),
    )
}
