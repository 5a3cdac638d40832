import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'

export function addDoctorCommand(program: Command, { context, run }: CommandHost): void {
  withHome(program.command('doctor'))
    .description('check everything that Headwater needs, and show how to fix what fails')
    .option('--json', 'print JSON', false)
    .addHelpText('after', examples('headwater doctor', 'headwater doctor --json'))
    .action((options: HomeOption & { json: boolean }) =>
      run(options, async (config) => (await import('./doctor.ts')).doctor(context, config, options.json)),
    )
}
