import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'
import type { LogCopyOptions } from './log-copy.ts'

const about = `
Stop every producer and gateway first. Without --yes nothing is written: the counts show what would be copied. Append times are kept.
Then: PROJECTOR_TOPIC=<topic> for all services, headwater replay, and delete the old topic: docs/erasing.md`

/** Commands about the log itself. */
export function addLogCommands(program: Command, { context, run }: CommandHost): void {
  const log = program
    .command('log')
    .description('the log: copy it without an asset or a secret')
    .addHelpText('after', examples('headwater log copy --to headwater.events.2 --without-asset s3://lake/people'))
  withHome(log.command('copy'))
    .description('copy the log into a new topic, without secrets, and without the given assets and texts')
    .requiredOption('--to <topic>', 'the new topic; it must not exist or be empty')
    .option('--without-asset <key>', 'leave out this asset; repeatable, once for each of its keys', collected, [])
    .option(
      '--mask-file <path>',
      'replace each line of this file by *** wherever it stands; - reads the standard input',
    )
    .option('--yes', 'copy; without it, only count', false)
    .option('--json', 'print JSON', false)
    .addHelpText('after', about)
    .addHelpText(
      'after',
      examples(
        'headwater log copy --to headwater.events.2 --without-asset s3://lake/people',
        'headwater log copy --to headwater.events.2 --mask-file - --yes < leaked.txt',
      ),
    )
    .action((options: HomeOption & LogCopyOptions) =>
      run(options, async (config) => (await import('./log-copy.ts')).logCopy(context, config, options)),
    )
}

const collected = (value: string, previous: readonly string[]) => [...previous, value]
