import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { doctor } from '../doctor/doctor.ts'
import { examples } from '../options/examples.ts'
import { configFor, type HomeOption, withHome } from '../options/home-option.ts'
import { integerArgument } from '../options/integer-argument.ts'
import type { Run } from '../options/run.ts'
import { type ExpireOptions, expire } from '../tables/expire.ts'
import { type ReplayOptions, replay } from '../tables/replay.ts'
import { demo } from './demo.ts'
import { status } from './status.ts'
import { stop } from './stop.ts'
import { type UpOptions, up } from './up.ts'

/** Commands for the stack as a whole. */
export function addStackCommands(program: Command, context: Context, run: Run): void {
  withHome(program.command('up'))
    .description('start Kafka, the schema registry, ClickHouse, the projector, the API and the gateway')
    .option('-d, --detach', 'return when ready; it runs on in the background', false)
    .option('--demo', 'run the demo on real data when ready', false)
    .addHelpText('after', examples('headwater up', 'headwater up --detach --demo', 'API_PORT=9000 headwater up'))
    .action((options: HomeOption & UpOptions) => run(up(context, configFor(context, options), options)))
  withHome(program.command('stop'))
    .description('end what `headwater up` started')
    .addHelpText('after', examples('headwater stop', 'headwater stop --home /tmp/other'))
    .action((options: HomeOption) => run(stop(context, configFor(context, options))))
  withHome(program.command('status'))
    .description('how each part is, and how far the log is folded')
    .option('--json', 'as JSON', false)
    .addHelpText('after', examples('headwater status', 'headwater status --json'))
    .action((options: HomeOption & { json: boolean }) =>
      run(status(context, configFor(context, options), options.json)),
    )
  withHome(program.command('doctor'))
    .description('check everything Headwater uses, and say what to do')
    .option('--json', 'as JSON', false)
    .addHelpText('after', examples('headwater doctor', 'headwater doctor --json'))
    .action((options: HomeOption & { json: boolean }) =>
      run(doctor(context, configFor(context, options), options.json)),
    )
  withHome(program.command('expire'))
    .description(
      'let the history of runs before a time expire: sums of them are kept, answers since then stay what they are',
    )
    .option('--keep <duration>', 'keep so much, whole days back from today, e.g. 90d')
    .option('--before <time>', 'let expire what came before, e.g. 2026-09-01')
    .option(
      '--grace <seconds>',
      'how long readers may go on as before; 15 or more while an API runs',
      integerArgument(0),
      60,
    )
    .option('--json', 'as JSON', false)
    .addHelpText(
      'after',
      '\nQuestions as of, or known at, a time before the horizon are refused from then on. Nothing brings expired runs back but the log.',
    )
    .addHelpText('after', examples('headwater expire --keep 90d', 'headwater expire --before 2026-09-01 --json'))
    .action((options: HomeOption & ExpireOptions) => run(expire(context, configFor(context, options), options)))
  withHome(program.command('demo'))
    .description('run the demo on real data against the running stack')
    .addHelpText('after', examples('headwater demo'))
    .action((options: HomeOption) => run(demo(context, configFor(context, options))))
  withHome(program.command('replay'))
    .description(
      'build all tables anew from the log beside the live ones, compare, and swap them in; readers see no gap',
    )
    .option('--no-swap', 'only build, compare, and drop what was built')
    .option(
      '--accept-differences',
      'swap also when the rebuilt tables differ, as after a mistake in the fold was mended',
      false,
    )
    .option('--restart', 'drop what an unfinished replay left, and begin anew', false)
    .option('--cancel', 'drop what an unfinished replay left, and no more', false)
    .option('--json', 'print reports as lines of JSON', false)
    .addHelpText('after', replayHelp)
    .addHelpText(
      'after',
      examples(
        'headwater replay',
        'headwater replay --no-swap',
        'headwater replay --cancel',
        'headwater replay --json',
      ),
    )
    .action((options: HomeOption & ReplayOptions) => run(replay(context, configFor(context, options), options)))
}

const replayHelp = `
Projectors go on meanwhile; they are held for some seconds while the tables are compared. Ctrl-C stops it, and the same command goes on
where it was. When tables differ nothing is swapped, the exit code is 1, and what was built stays to be looked at.`
