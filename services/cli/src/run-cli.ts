import { CommanderError } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Context } from './context.ts'
import { type Failure, failureJson } from './failure.ts'
import { buildProgram } from './program.ts'

// Holds: with --json, standard output has answers and nothing else, and standard error is empty or has one JSON object with the error.

/** Runs one command line. @returns the exit code; an error is reported as one line, with --json as JSON */
export async function runCli(args: readonly string[], context: Context): Promise<number> {
  const isJson = asksForJson(args)
  const { command, exitCode } = buildProgram(isJson ? { ...context, note: () => undefined } : context)
  try {
    await command.parseAsync([...args], { from: 'user' })
    return exitCode()
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok
    const failure = await withoutSecrets(await failureOf(error))
    context.report?.({ kind: 'failed', code: failure.code, message: failure.message, exitCode: failure.exitCode })
    if (isJson) context.note(failureJson(failure))
    else if (!(error instanceof CommanderError)) context.note(`headwater: ${failure.message}`)
    return failure.exitCode
  }
}

function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).includes('--json')
}

async function failureOf(error: unknown): Promise<Failure> {
  if (error instanceof CliError) return error
  if (error instanceof CommanderError) return new CliError('INVALID_USAGE', usageText(error))
  const { LocalStackError } = await import('@headwater/local') // loads the whole stack: only when something failed
  if (error instanceof LocalStackError) {
    const { code, message, retryable } = error
    return { code, message, retryable, exitCode: exitCodes.failing }
  }
  return new CliError('UNEXPECTED', `Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
}

/** Errors of clients quote URLs. */
async function withoutSecrets(failure: Failure): Promise<Failure> {
  const { textWithoutSecrets } = await import('@headwater/lineage') // as above
  const { code, message, retryable, exitCode, refusal } = failure
  return { code, message: textWithoutSecrets(message), retryable, exitCode, refusal }
}

/** Commander prints its errors itself, where they are not printed as JSON. */
function usageText({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'The command is missing; see: headwater --help' : message.replace(/^error: /, '')
}
