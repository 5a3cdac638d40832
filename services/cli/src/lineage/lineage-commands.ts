import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { integerArgument } from '../options/integer-argument.ts'
import { readCommand, withDistance } from '../options/read-options.ts'
import { timeArgument, timeForms } from '../options/time-argument.ts'
import { withMoment, withView } from '../options/view-options.ts'
import type { ColumnsOptions } from './columns.ts'
import type { DiffOptions } from './diff.ts'
import type { LineageOptions } from './lineage.ts'
import type { WhyOptions } from './why.ts'

/** Commands that show the graph, its columns, changes and paths. */
export function addLineageCommands(program: Command, host: CommandHost): void {
  addLineage(program, host)
  addColumns(program, host)
  addDiff(program, host)
  addWhy(program, host)
}

function addLineage(program: Command, { context, query }: CommandHost): void {
  withView(withDistance(readCommand(program, 'lineage <key>')), context)
    .description('upstream and downstream of an asset, as a tree')
    .option('--evidence', 'show the evidence of each edge: jobs, runs and times', false)
    .option('--columns', 'show column lineage along each edge', false)
    .addHelpText(
      'after',
      examples(
        'headwater lineage s3://lake/orders',
        'headwater lineage s3://lake/orders --up --depth 10 --evidence',
        'headwater lineage s3://lake/orders --as-of 2026-11-01',
        'headwater lineage s3://lake/orders --edges seenWithin=30d',
        'headwater lineage s3://lake/orders --wait headwater.events:0:41 --json',
      ),
    )
    .action((key: string, options: LineageOptions) =>
      query(options, async (api) => (await import('./lineage.ts')).lineage(context, api, key, options)),
    )
}

function addColumns(program: Command, { context, query }: CommandHost): void {
  withMoment(withDistance(readCommand(program, 'columns <key> [column]')), context)
    .description('columns upstream (←) and downstream (→) of a column, or of every column of an asset')
    .option('--whole-row', 'continue from whole rows: to everything that depends on which rows exist', false)
    .addHelpText(
      'after',
      examples(
        'headwater columns s3://lake/orders amount --up',
        'headwater columns postgres://shop/public/orders status --down --whole-row --depth 10',
        'headwater columns s3://lake/orders --as-of 2026-11-01',
      ),
    )
    .action((key: string, column: string | undefined, options: ColumnsOptions) =>
      query(options, async (api) => (await import('./columns.ts')).columns(context, api, [key, column], options)),
    )
}

function addDiff(program: Command, { context, query }: CommandHost): void {
  const time = timeArgument(context.now)
  withDistance(
    readCommand(program, 'diff')
      .description('edges added and removed between two times, and the run that changed each')
      .requiredOption('--from <time>', 'the earlier time', time)
      .option('--to <time>', 'the later time (default: now)', time)
      .option('--known-at <time>', 'count only events recorded by this time', time)
      .option('--key <key>', 'only around this asset, at either time; --up, --down and --depth limit how far'),
  )
    .option('--limit <n>', 'maximum number of edges added, and of edges removed', integerArgument(1), 1_000)
    .option('--exit-code', 'exit with code 1 when there are differences', false)
    .addHelpText('after', `\n${timeForms}`)
    .addHelpText(
      'after',
      examples(
        'headwater diff --from 3d',
        'headwater diff --from 2026-11-01 --to 2026-11-08',
        'headwater diff --from 12h --key s3://lake/orders --up --exit-code',
      ),
    )
    .action((options: DiffOptions) =>
      query(options, async (api) => (await import('./diff.ts')).diff(context, api, options)),
    )
}

function addWhy(program: Command, { context, query }: CommandHost): void {
  withView(readCommand(program, 'why <asset> <other>'), context)
    .description('why one of two assets depends on the other: the paths of the data, with the runs along them')
    .option('--limit <n>', 'maximum number of paths', integerArgument(1), 10)
    .option('--depth <n>', 'maximum length of a path, in steps', integerArgument(1))
    .addHelpText(
      'after',
      '\nThe two assets may be named in either order. Exits with code 1 when neither depends on the other.',
    )
    .addHelpText(
      'after',
      examples(
        'headwater why s3://reports/daily postgres://shop/public/orders',
        'headwater why s3://reports/daily postgres://shop/public/orders --as-of 2026-11-01',
        'headwater why s3://reports/daily postgres://shop/public/orders --edges ever --limit 50',
      ),
    )
    .action((asset: string, other: string, options: WhyOptions) =>
      query(options, async (api) => (await import('./why.ts')).why(context, api, [asset, other], options)),
    )
}
