import { CommanderError } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Context } from './context.ts'
import { buildProgram } from './program.ts'

/** Runs one command line. @returns the exit code; an error is reported as one line */
export async function runCli(args: readonly string[], context: Context): Promise<number> {
  const { command, exitCode } = buildProgram(context)
  try {
    await command.parseAsync([...args], { from: 'user' })
    return exitCode()
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const failure = await failureOf(error)
    context.report?.({ kind: 'failed', ...failure })
    context.note(`headwater: ${failure.message}`)
    return failure.exitCode
  }
}

async function failureOf(error: unknown) {
  if (error instanceof CliError) return { code: error.code, message: error.message, exitCode: error.exitCode }
  const { LocalStackError } = await import('@headwater/local') // loads the whole stack: only when something failed
  if (error instanceof LocalStackError) return { code: error.code, message: error.message, exitCode: exitCodes.failing }
  const message = `Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : error}`
  return { code: 'UNEXPECTED', message, exitCode: exitCodes.failing }
}
