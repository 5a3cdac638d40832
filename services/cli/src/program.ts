import { Command } from 'commander'
import { stop } from './commands/stop.ts'
import { up } from './commands/up.ts'
import type { CliConfig } from './config.ts'
import type { Context } from './context.ts'

/** A command line, and the exit code its command ended with. */
export type Program = { readonly command: Command; readonly exitCode: () => number }

type HomeOption = { readonly home?: string }

/** Every command with its options and help; nothing runs before it is parsed. */
export function buildProgram(context: Context): Program {
  let exitCode = 0
  const run = async (home: string | undefined, command: (config: CliConfig) => Promise<number>) => {
    const config = context.loadConfig()
    exitCode = await command(home === undefined ? config : { ...config, HEADWATER_HOME: home })
  }
  const program = new Command('headwater')
    .description('Where every data asset comes from, from what actually ran')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
    })

  withHome(program.command('up'))
    .description('start Kafka, the schema registry, ClickHouse, the projector and the API')
    .option('-d, --detach', 'return when ready; it runs on in the background', false)
    .option('--demo', 'run the demo on real data when ready', false)
    .addHelpText('after', examples(['headwater up', 'headwater up --detach --demo', 'API_PORT=9000 headwater up']))
    .action(({ home, ...options }: HomeOption & { detach: boolean; demo: boolean }) =>
      run(home, (config) => up(context, config, options)),
    )
  withHome(program.command('stop'))
    .description('end what `up` started')
    .addHelpText('after', examples(['headwater stop']))
    .action(({ home }: HomeOption) => run(home, (config) => stop(context, config)))
  return { command: program, exitCode: () => exitCode }
}

const withHome = (command: Command) =>
  command.option('--home <dir>', 'folder of data, logs and state (default: HEADWATER_HOME, else .headwater)')

const examples = (lines: readonly string[]) => `\nExamples\n${lines.map((line) => `  $ ${line}`).join('\n')}`
