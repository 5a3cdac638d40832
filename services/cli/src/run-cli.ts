import { LocalStackError } from '@headwater/local'
import { CommanderError } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Context } from './context.ts'
import { buildProgram } from './program.ts'

/** Runs one command line; what goes wrong becomes one line and an exit code. */
export async function runCli(args: readonly string[], context: Context): Promise<number> {
  const { command, exitCode } = buildProgram(context)
  try {
    await command.parseAsync([...args], { from: 'user' })
    return exitCode()
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const known = error instanceof CliError || error instanceof LocalStackError
    const message = known
      ? error.message
      : `Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : error}`
    const code = error instanceof CliError ? error.exitCode : exitCodes.failing
    context.report?.({ kind: 'failed', code: known ? error.code : 'UNEXPECTED', message, exitCode: code })
    context.note(`headwater: ${message}`)
    return code
  }
}
