import { Command } from 'commander'
import { addAliasCommands } from './aliases/alias-commands.ts'
import { addReadCommands } from './assets/asset-commands.ts'
import type { Context } from './context.ts'
import { addDlqCommands } from './dlq/dlq-commands.ts'
import { addWriteCommands } from './emit/emit-command.ts'
import { addKeysCommands } from './keys/keys-commands.ts'
import { addGraphCommands } from './lineage/lineage-commands.ts'
import { addStackCommands } from './stack/stack-commands.ts'

/** A command line, and the exit code its command ended with. */
export type Program = { readonly command: Command; readonly exitCode: () => number }

/** Every command with its options and help; nothing runs before it is parsed. */
export function buildProgram(context: Context): Program {
  let exitCode = 0
  const command = new Command('headwater')
    .description('Where every data asset comes from, from what actually ran')
    .helpCommand(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
      getOutHelpWidth: () => context.width ?? 100,
      getErrHelpWidth: () => context.width ?? 100,
    })
    .addHelpText('after', '\nExit codes: 0 ok, 1 a condition is not met, 2 wrong usage, 3 nothing answers')
  const run = async (running: Promise<number>) => {
    exitCode = await running
  }
  addStackCommands(command, context, run)
  addReadCommands(command, context, run)
  addGraphCommands(command, context, run)
  addWriteCommands(command, context, run)
  addAliasCommands(command, context, run)
  addDlqCommands(command, context, run)
  addKeysCommands(command, context, run)
  return { command, exitCode: () => exitCode }
}
