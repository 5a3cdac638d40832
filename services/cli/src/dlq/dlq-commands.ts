import { type Command, Option } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'
import { integerArgument } from '../options/integer-argument.ts'
import type { DlqDropOptions } from './dlq-drop.ts'
import type { DlqListOptions } from './dlq-list.ts'
import type { DlqRetryOptions } from './dlq-retry.ts'
import type { DlqShowOptions } from './dlq-show.ts'

const about = `
A dead letter is a record that could not be folded; its position in the log identifies it. Once the cause is fixed (the registry has
the schema again, the projector is newer), retry it: it counts as if it had been folded at its original time. Drop what nobody needs.
OpenLineage events from a Kafka topic can be dead letters too: they are retried to that topic, where the gateway consumes them.`

/** Commands that list, show, retry and drop dead letters. */
export function addDlqCommands(program: Command, host: CommandHost): void {
  const dlq = program
    .command('dlq')
    .description('dead letters: list, show, retry or drop them')
    .addHelpText('after', about)
    .addHelpText('after', examples('headwater dlq list', 'headwater dlq retry --all --code UNKNOWN_SCHEMA'))
  addList(dlq, host)
  addShow(dlq, host)
  addRetry(dlq, host)
  addDrop(dlq, host)
}

const withChoice = (command: Command): Command =>
  withHome(command)
    .option('--all', 'every open dead letter', false)
    .option('--code <code>', 'with --all: only those with this reason code')

const withResult = (command: Command): Command =>
  command.option('--note <text>', 'reason, shown by `dlq show`').option('--json', 'print JSON', false)

function addList(dlq: Command, { context, run }: CommandHost): void {
  withHome(dlq.command('list'))
    .description('list open dead letters, latest first')
    .option('--all', 'include those that were retried or dropped', false)
    .option('--code <code>', 'only those with this reason code')
    .option('--limit <n>', 'maximum number of results', integerArgument(1), 50)
    .option('--json', 'print JSON', false)
    .addHelpText('after', examples('headwater dlq list', 'headwater dlq list --code UNKNOWN_SCHEMA --limit 500'))
    .action((options: HomeOption & DlqListOptions) =>
      run(options, async (config) => (await import('./dlq-list.ts')).dlqList(context, config, options)),
    )
}

function addShow(dlq: Command, { context, run }: CommandHost): void {
  withHome(dlq.command('show <position>'))
    .description('everything about one dead letter, and whether it could be folded now')
    .option('--json', 'print JSON', false)
    .addOption(new Option('--raw', 'print only the bytes of its value').default(false).conflicts('json'))
    .addHelpText(
      'after',
      examples('headwater dlq show headwater.events:0:41', 'headwater dlq show headwater.events:0:41 --raw > value'),
    )
    .action((position: string, options: HomeOption & DlqShowOptions) =>
      run(options, async (config) => (await import('./dlq-show.ts')).dlqShow(context, config, position, options)),
    )
}

function addRetry(dlq: Command, { context, run }: CommandHost): void {
  const retry = withChoice(dlq.command('retry [positions...]'))
    .description('send dead letters to the log again; exits with code 1 unless all are accepted')
    .option('--dry-run', 'show which would be accepted now; send nothing', false)
    .option('--timeout <seconds>', 'how long to wait for the outcomes; 0 does not wait', integerArgument(0), 10)
    .option('--api <url>', 'URL of the API (default: HEADWATER_API_URL, else the running stack)')
  withResult(retry)
    .addHelpText(
      'after',
      examples(
        'headwater dlq retry headwater.events:0:41',
        'headwater dlq retry --all --code UNKNOWN_SCHEMA --dry-run',
        'headwater dlq retry --all --timeout 30',
      ),
    )
    .action((positions: readonly string[], options: HomeOption & DlqRetryOptions) =>
      run(options, async (config) => (await import('./dlq-retry.ts')).dlqRetry(context, config, positions, options)),
    )
}

function addDrop(dlq: Command, { context, run }: CommandHost): void {
  withResult(withChoice(dlq.command('drop [positions...]')))
    .description('close dead letters without a retry; nothing is deleted, and a dropped one can still be retried')
    .addHelpText(
      'after',
      examples(
        'headwater dlq drop headwater.events:0:41',
        'headwater dlq drop --all --code NOT_FRAMED --note "a load test"',
      ),
    )
    .action((positions: readonly string[], options: HomeOption & DlqDropOptions) =>
      run(options, async (config) => (await import('./dlq-drop.ts')).dlqDrop(context, config, positions, options)),
    )
}
