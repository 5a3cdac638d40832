import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { examples } from '../options/examples.ts'
import { integerArgument } from '../options/integer-argument.ts'
import { createReader, type Reader } from '../options/reader.ts'
import type { Run } from '../options/run.ts'
import { timeArgument, timeForms } from '../options/time-argument.ts'
import { withMoment, withView } from '../options/view-options.ts'
import { type ColumnsOptions, columns } from './columns.ts'
import { type DiffOptions, diff } from './diff.ts'
import { type LineageOptions, lineage } from './lineage.ts'
import { type WhyOptions, why } from './why.ts'

/** Commands that ask the API about the graph. */
export function addGraphCommands(program: Command, context: Context, run: Run): void {
  const reader = createReader(program, context, run)
  addLineage(context, reader)
  addColumns(context, reader)
  addDiff(context, reader)
  addWhy(context, reader)
}

const withDistance = (command: Command): Command =>
  command
    .option('--up', 'only what it is made from', false)
    .option('--down', 'only what is made from it', false)
    .option('--depth <n>', 'greatest distance', integerArgument(0), 3)
    .option('--max-nodes <n>', 'most assets', integerArgument(1), 500)

function addLineage(context: Context, { read, ask }: Reader): void {
  withView(withDistance(read('lineage <key>')), context)
    .description('where an asset comes from and what is made from it, as a tree')
    .option('--evidence', 'show how each edge is known: jobs, runs and times', false)
    .option('--columns', 'show which columns are made of which', false)
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
    .action((key: string, options: LineageOptions) => ask(options, (api) => lineage(context, api, key, options)))
}

function addColumns(context: Context, { read, ask }: Reader): void {
  withMoment(withDistance(read('columns <key> [column]')), context)
    .description(
      'which columns a column is made from (←) and which are made from it (→); of all of an asset when none is named',
    )
    .option('--whole-row', 'walk on from whole rows: to all that depends on which rows there are', false)
    .addHelpText(
      'after',
      examples(
        'headwater columns s3://lake/orders amount --up',
        'headwater columns postgres://shop/public/orders status --down --whole-row --depth 10',
        'headwater columns s3://lake/orders --as-of 2026-11-01',
      ),
    )
    .action((key: string, column: string | undefined, options: ColumnsOptions) =>
      ask(options, (api) => columns(context, api, [key, column], options)),
    )
}

function addDiff(context: Context, { read, ask }: Reader): void {
  const time = timeArgument(context.now)
  withDistance(
    read('diff')
      .description('edges that came and went between two times, and by which run')
      .requiredOption('--from <time>', 'the earlier time', time)
      .option('--to <time>', 'the later time (default: now)', time)
      .option('--known-at <time>', 'as it was known then: only events recorded by then count', time)
      .option('--key <key>', 'only around this asset, at either time; --up, --down and --depth say how far'),
  )
    .option('--limit <n>', 'most edges added, and most removed', integerArgument(1), 1_000)
    .option('--exit-code', 'end with code 1 when there are differences', false)
    .addHelpText('after', `\n${timeForms}`)
    .addHelpText(
      'after',
      examples(
        'headwater diff --from 3d',
        'headwater diff --from 2026-11-01 --to 2026-11-08',
        'headwater diff --from 12h --key s3://lake/orders --up --exit-code',
      ),
    )
    .action((options: DiffOptions) => ask(options, (api) => diff(context, api, options)))
}

function addWhy(context: Context, { read, ask }: Reader): void {
  withView(read('why <asset> <other>'), context)
    .description('why one asset depends on another, whichever it is: the ways data takes, with the runs that took them')
    .option('--limit <n>', 'most ways', integerArgument(1), 10)
    .option('--depth <n>', 'longest way, in steps', integerArgument(1))
    .addHelpText('after', '\nEnds with code 1 when neither depends on the other.')
    .addHelpText(
      'after',
      examples(
        'headwater why s3://reports/daily postgres://shop/public/orders',
        'headwater why s3://reports/daily postgres://shop/public/orders --as-of 2026-11-01',
        'headwater why s3://reports/daily postgres://shop/public/orders --edges ever --limit 50',
      ),
    )
    .action((asset: string, other: string, options: WhyOptions) =>
      ask(options, (api) => why(context, api, [asset, other], options)),
    )
}
