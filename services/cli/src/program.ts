import { Command } from 'commander'
import { addAliasCommands } from './aliases/alias-commands.ts'
import { addAssetCommands } from './assets/asset-commands.ts'
import { addCompletionCommand } from './completion/completion-command.ts'
import type { Context } from './context.ts'
import { addDlqCommands } from './dlq/dlq-commands.ts'
import { addDoctorCommand } from './doctor/doctor-command.ts'
import { addEmitCommand } from './emit/emit-command.ts'
import { addLogCommands } from './erasing/log-commands.ts'
import { addJobCommands } from './jobs/job-commands.ts'
import { addKeysCommands } from './keys/keys-commands.ts'
import { addLineageCommands } from './lineage/lineage-commands.ts'
import { createHost } from './options/command-host.ts'
import { addStackCommands } from './stack/stack-commands.ts'
import { addTableCommands } from './tables/table-commands.ts'
import { version } from './version.ts'

// Holds: building the program loads no command. Each command imports what it runs when it runs, so that help and completion are fast.

/** A command line, and the exit code of the command that ran. */
export type Program = { readonly command: Command; readonly exitCode: () => number }

/** Defines every command with its options and help; runs none. */
export function buildProgram(context: Context): Program {
  let exitCode = 0
  const command = new Command('headwater')
    .description('Where every data asset comes from, according to the runs that produced it')
    .version(`headwater ${version}`, '-V, --version', 'print the version')
    .helpCommand(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
      getOutHelpWidth: () => context.width ?? 100,
      getErrHelpWidth: () => context.width ?? 100,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 ok, 1 a condition is not met, 2 wrong usage, 3 no connection, 130 Ctrl-C\nWith --json, an error is one JSON object on standard error: docs/errors.md',
    )
  const host = createHost(context, (code) => {
    exitCode = code
  })
  addStackCommands(command, host)
  addDoctorCommand(command, host)
  addAssetCommands(command, host)
  addJobCommands(command, host)
  addLineageCommands(command, host)
  addEmitCommand(command, host)
  addAliasCommands(command, host)
  addDlqCommands(command, host)
  addKeysCommands(command, host)
  addTableCommands(command, host)
  addLogCommands(command, host)
  addCompletionCommand(command, host)
  return { command, exitCode: () => exitCode }
}
