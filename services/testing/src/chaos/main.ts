import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalStackError } from '@headwater/local'
import { startTestStack } from '../stack/start-test-stack.ts'
import { uniqueName } from '../stack/unique-name.ts'
import { type ChaosCommand, chaosHelp, parseChaosCommand } from './chaos-command.ts'
import type { ChaosReport } from './report/chaos-report.ts'
import { reportMarkdown } from './report/report-markdown.ts'
import { sinceStart } from './report/since-start.ts'
import { withResults } from './report/with-results.ts'
import { runChaos } from './run-chaos.ts'

const exitCodes = { right: 0, found: 1, usage: 2, noStack: 3 } as const

async function main(): Promise<number> {
  const command = commandOf(process.argv.slice(2))
  if (command === undefined) return exitCodes.usage
  if (command.help) {
    process.stdout.write(`${chaosHelp}\n`)
    return exitCodes.right
  }
  const say = sinceStart((line) => void (command.json ? process.stderr : process.stdout).write(`${line}\n`))
  const report = await onOwnStack(command, say)
  if (command.report !== undefined) {
    const page = await readFile(command.report, 'utf8').catch(() => '')
    await writeFile(command.report, withResults(page, reportMarkdown(report)))
    say(`Results are in ${command.report}`)
  }
  process.stdout.write(command.json ? `${JSON.stringify(report, undefined, 2)}\n` : `\n${reportMarkdown(report)}`)
  return report.findings.length === 0 ? exitCodes.right : exitCodes.found
}

function commandOf(args: readonly string[]): ChaosCommand | undefined {
  try {
    return parseChaosCommand(args, Date.now() % 1_000_000)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    process.stderr.write(`headwater chaos: ${error.message}; see --help\n`)
    return undefined
  }
}

async function onOwnStack(
  { minutes, seed, rate, questions, every }: ChaosCommand,
  say: (line: string) => void,
): Promise<ChaosReport> {
  const { ending, hurrying } = interrupts(say)
  const { PATH, HOME, HEADWATER_CACHE, TMPDIR } = process.env
  say(`Seed ${seed}: ${minutes} minutes at ${rate} records a second, then ${questions} questions`)
  const home = join(tmpdir(), uniqueName('headwater-chaos'))
  const { stack, stop } = await startTestStack({
    home,
    env: { PATH, HOME, HEADWATER_CACHE, TMPDIR },
    onProgress: say,
  })
  try {
    if (stack === undefined) {
      throw new LocalStackError(
        'PREREQUISITES_MISSING',
        'Killing parts needs the embedded stack: install Java 17 and Maven',
      )
    }
    return await runChaos({
      ...{ stack, seed, minutes, questions, every, ending, hurrying, recordsPerSecond: rate },
      ...{
        rounds: Number.POSITIVE_INFINITY,
        pause: every === undefined ? { least: 1_000, most: 12_000 } : { least: every * 1_000, most: every * 1_000 },
        patienceMs: every === undefined ? 120_000 : null,
        foldWithinMs: 300_000,
      },
      ...{ progressMs: 5_000, onProgress: say },
    })
  } finally {
    await stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** The first Ctrl-C ends the load, the second the questions, and the third everything. */
function interrupts(say: (line: string) => void) {
  const [ending, hurrying] = [new AbortController(), new AbortController()]
  const interrupted = () => {
    if (ending.signal.aborted) {
      say('Ending the questions; once more ends at once')
      hurrying.abort()
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    } else {
      say('Ending the load; what was done is verified. Once more ends the questions')
      ending.abort()
    }
  }
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
  return { ending: ending.signal, hurrying: hurrying.signal }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`headwater chaos: ${error.message}\n`)
    process.exit(error instanceof LocalStackError ? exitCodes.noStack : exitCodes.found)
  },
)
