import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'
import { integerArgument } from '../options/integer-argument.ts'
import { timeArgument } from '../options/time-argument.ts'
import type { ExpireOptions } from './expire.ts'
import type { MigrateOptions } from './migrate.ts'
import type { ReplayOptions } from './replay.ts'

/** Commands that rebuild the tables from the log, and expire history in them. */
export function addTableCommands(program: Command, host: CommandHost): void {
  addReplay(program, host)
  addExpire(program, host)
  addMigrate(program, host)
}

const aboutReplay = `
Projectors keep running meanwhile, and pause for some seconds while the tables are compared. Ctrl-C stops a replay; the same command
resumes it. When the tables differ, nothing is swapped, the exit code is 1, and the rebuilt tables are kept for inspection.`

function addReplay(program: Command, { context, run }: CommandHost): void {
  withHome(program.command('replay'))
    .description(
      'rebuild all tables from the log beside the live ones, compare them, and swap them in; readers see no gap',
    )
    .option('--no-swap', 'rebuild and compare only, then drop the rebuilt tables')
    .option(
      '--accept-differences',
      'swap even when the rebuilt tables differ, as after a bug in the fold was fixed',
      false,
    )
    .option('--restart', 'drop the tables of an unfinished replay, and start again', false)
    .option('--cancel', 'drop the tables of an unfinished replay, and do nothing else', false)
    .option('--json', 'print reports as lines of JSON', false)
    .addHelpText('after', aboutReplay)
    .addHelpText(
      'after',
      examples(
        'headwater replay',
        'headwater replay --no-swap',
        'headwater replay --cancel',
        'headwater replay --json',
      ),
    )
    .action((options: HomeOption & ReplayOptions) =>
      run(options, async (config) => (await import('./replay.ts')).replay(context, config, options)),
    )
}

const aboutExpire = `
Afterwards queries with --as-of or --known-at before the horizon are refused. Only a rebuild from the log brings expired runs back.`

function addExpire(program: Command, { context, run }: CommandHost): void {
  withHome(program.command('expire'))
    .description(
      'expire the history of runs before a time; totals are kept, and answers about later times stay the same',
    )
    .option('--keep <duration>', 'keep this much, in whole days back from today, e.g. 90d')
    .option('--before <time>', 'expire everything before this time, e.g. 2026-09-01', timeArgument(context.now))
    .option(
      '--grace <seconds>',
      'how long to wait for readers to use the new horizon; at least 15 while an API runs',
      integerArgument(0),
      60,
    )
    .option('--json', 'print JSON', false)
    .addHelpText('after', aboutExpire)
    .addHelpText('after', examples('headwater expire --keep 90d', 'headwater expire --before 2026-09-01 --json'))
    .action((options: HomeOption & ExpireOptions) =>
      run(options, async (config) => (await import('./expire.ts')).expire(context, config, options)),
    )
}

const aboutMigrate = `
A projector does the same when it starts, if its user may. Otherwise run this as another CLICKHOUSE_USER before each new version.`

function addMigrate(program: Command, { context, run }: CommandHost): void {
  withHome(program.command('migrate'))
    .description('create the tables in CLICKHOUSE_DATABASE, or bring them to this version')
    .option('--print', 'print the SQL instead, which may be run at any time and again', false)
    .option('--json', 'print JSON: the database, and the migrations applied or the SQL', false)
    .addHelpText('after', aboutMigrate)
    .addHelpText('after', examples('headwater migrate', 'headwater migrate --print | clickhouse client --multiquery'))
    .action((options: HomeOption & MigrateOptions) =>
      run(options, async (config) => (await import('./migrate.ts')).migrateTables(context, config, options)),
    )
}
