import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { examples } from '../options/examples.ts'
import { configFor, type HomeOption, withHome } from '../options/home-option.ts'
import { integerArgument } from '../options/integer-argument.ts'
import type { Run } from '../options/run.ts'
import { type DlqDropOptions, dlqDrop } from './dlq-drop.ts'
import { type DlqListOptions, dlqList } from './dlq-list.ts'
import { type DlqRetryOptions, dlqRetry } from './dlq-retry.ts'
import { type DlqShowOptions, dlqShow } from './dlq-show.ts'

const about = `
A record that is no event is a dead letter, known by its position in the log. When its cause is mended (a schema is in the
registry again, a projector is newer), retry it: it takes its place as if it had come in time. Drop what nobody needs.
OpenLineage events of a Kafka topic are among them: they are sent to that topic again, from which the gateway takes them.`

/** Commands for records that were refused. */
export function addDlqCommands(program: Command, context: Context, run: Run): void {
  const dlq = program
    .command('dlq')
    .description('records that were refused: list, show, retry or drop them')
    .addHelpText('after', about)
    .addHelpText('after', examples('headwater dlq list', 'headwater dlq retry --all --code UNKNOWN_SCHEMA'))
  const json = 'as JSON'

  withHome(dlq.command('list'))
    .description('list open dead letters, the last refused first')
    .option('--all', 'those that were retried or dropped as well', false)
    .option('--code <code>', 'only those refused with it')
    .option('--limit <n>', 'at most so many', integerArgument(1), 50)
    .option('--json', json, false)
    .addHelpText('after', examples('headwater dlq list', 'headwater dlq list --code UNKNOWN_SCHEMA --limit 500'))
    .action((options: HomeOption & DlqListOptions) => run(dlqList(context, configFor(context, options), options)))
  withHome(dlq.command('show <position>'))
    .description('everything about one, and what is still wrong with it')
    .option('--json', json, false)
    .addOption(new Option('--raw', 'the bytes of its value, nothing else').default(false).conflicts('json'))
    .addHelpText(
      'after',
      examples('headwater dlq show headwater.events:0:41', 'headwater dlq show headwater.events:0:41 --raw > value'),
    )
    .action((position: string, options: HomeOption & DlqShowOptions) =>
      run(dlqShow(context, configFor(context, options), position, options)),
    )
  withHome(dlq.command('retry [positions...]'))
    .description('send them to the log again; fails unless all are taken')
    .option('--all', 'every open one', false)
    .option('--code <code>', 'with --all: only those refused with it')
    .option('--dry-run', 'tell which would be taken now; send nothing', false)
    .option('--timeout <seconds>', 'how long to wait for what becomes of them; 0 does not wait', integerArgument(0), 10)
    .option('--note <text>', 'why, for the list')
    .option('--api <url>', 'where the API is (default: HEADWATER_API_URL, else the running stack)')
    .option('--json', json, false)
    .addHelpText(
      'after',
      examples(
        'headwater dlq retry headwater.events:0:41',
        'headwater dlq retry --all --code UNKNOWN_SCHEMA --dry-run',
        'headwater dlq retry --all --timeout 30',
      ),
    )
    .action((positions: readonly string[], options: HomeOption & DlqRetryOptions) =>
      run(dlqRetry(context, configFor(context, options), positions, options)),
    )
  withHome(dlq.command('drop [positions...]'))
    .description('take them off the list; nothing is erased, and a dropped one can be retried')
    .option('--all', 'every open one', false)
    .option('--code <code>', 'with --all: only those refused with it')
    .option('--note <text>', 'why, for the list')
    .option('--json', json, false)
    .addHelpText(
      'after',
      examples(
        'headwater dlq drop headwater.events:0:41',
        'headwater dlq drop --all --code NOT_FRAMED --note "a load test"',
      ),
    )
    .action((positions: readonly string[], options: HomeOption & DlqDropOptions) =>
      run(dlqDrop(context, configFor(context, options), positions, options)),
    )
}
