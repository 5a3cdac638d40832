import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'
import type { StatusOptions } from './status.ts'
import type { UpOptions } from './up.ts'

/** Commands that start, stop and show the stack, and run the demo on it. */
export function addStackCommands(program: Command, { context, run }: CommandHost): void {
  withHome(program.command('up'))
    .description('start Kafka, the schema registry, ClickHouse, the projector, the API and the gateway')
    .option('-d, --detach', 'return when the stack is ready; it keeps running in the background', false)
    .option('--demo', 'run the demo on real data when the stack is ready', false)
    .addHelpText('after', examples('headwater up', 'headwater up --detach --demo', 'API_PORT=9000 headwater up'))
    .action((options: HomeOption & UpOptions) =>
      run(options, async (config) => (await import('./up.ts')).up(context, config, options)),
    )
  withHome(program.command('stop'))
    .description('stop what `headwater up` started')
    .addHelpText('after', examples('headwater stop', 'headwater stop --home /tmp/other'))
    .action((options: HomeOption) => run(options, async (config) => (await import('./stop.ts')).stop(context, config)))
  withHome(program.command('status'))
    .description('state of each part, and how far the log is folded')
    .option('--json', 'print JSON', false)
    .option('--secrets', 'also print the password of ClickHouse, with commands that use it', false)
    .addHelpText('after', examples('headwater status', 'headwater status --json', 'headwater status --secrets'))
    .action((options: HomeOption & StatusOptions) =>
      run(options, async (config) => (await import('./status.ts')).status(context, config, options)),
    )
  withHome(program.command('demo'))
    .description('run the demo on real data against the running stack')
    .addHelpText('after', examples('headwater demo'))
    .action((options: HomeOption) => run(options, async (config) => (await import('./demo.ts')).demo(context, config)))
}
