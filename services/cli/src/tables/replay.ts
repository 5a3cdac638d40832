import type { ReplayReport } from '@headwater/clickhouse'
import { shellWord } from '@headwater/config/shell-word'
import { CliError, type CliErrorCode, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createStyle } from '../terminal/style.ts'
import { startReplay } from './replay-process.ts'
import { replayText } from './replay-text.ts'

export type ReplayOptions = {
  readonly swap: boolean
  readonly acceptDifferences: boolean
  readonly restart: boolean
  readonly cancel: boolean
  readonly json: boolean
}

/** Rebuilds the tables in a process of its own, and shows its progress. */
export async function replay(context: Context, config: CliConfig, options: ReplayOptions): Promise<number> {
  const process = await startReplay(context, config, argumentsOf(options))
  const unlisten = context.onSignal(() => {
    if (!options.json) context.note('Stopping ...')
    process.stop()
  })
  const present = options.json ? undefined : presenter(context)
  let last: ReplayReport | undefined
  try {
    for await (const line of process.reports) {
      last = JSON.parse(line) as ReplayReport
      if (options.json) context.print(line)
      present?.(last)
    }
    const code = await process.ended
    if (last?.kind === 'failed') throw failureOf(last)
    if (last?.kind === 'finished') return exitCodes.ok
    if (last?.kind === 'stopped') return exitCodes.failing
    const remedy = 'Resume with: headwater replay'
    throw new CliError('FAILING', `The replay exited with code ${code}; see ${shellWord(process.logFile)}. ${remedy}`)
  } finally {
    unlisten()
  }
}

function argumentsOf({ swap, acceptDifferences, restart, cancel }: ReplayOptions): readonly string[] {
  if (cancel && (!swap || acceptDifferences || restart))
    throw new CliError('INVALID_INPUT', '--cancel cannot be combined with other replay options')
  if (!swap && acceptDifferences)
    throw new CliError('INVALID_INPUT', '--no-swap and --accept-differences cannot be combined')
  return [
    ...(swap ? [] : ['--no-swap']),
    ...(acceptDifferences ? ['--accept-differences'] : []),
    ...(restart ? ['--restart'] : []),
    ...(cancel ? ['--cancel'] : []),
  ]
}

/** How often progress is printed when the output is not a terminal. */
const progressMs = 5_000

/** Prints reports; on a terminal, progress is one line that changes. */
function presenter(context: Context): (report: ReplayReport) => void {
  const style = createStyle(context.colour)
  const isTerminal = context.width !== undefined
  let printedAt = Number.NEGATIVE_INFINITY
  let inPlace = false
  return (report) => {
    const isProgress = report.kind === 'progress' || report.kind === 'waiting'
    const isWhole = report.kind === 'progress' && report.folded >= report.total
    if (isProgress && !isWhole && !isTerminal && context.now() - printedAt < progressMs) return
    if (isProgress) printedAt = context.now()
    for (const line of replayText(report, style, context.width)) {
      context.print(isProgress && inPlace ? `\u001b[1A\u001b[2K${line}` : line)
    }
    inPlace = isProgress && isTerminal
  }
}

const codes: Readonly<Record<string, CliErrorCode>> = {
  INVALID_CONFIG: 'INVALID_CONFIG',
  CLICKHOUSE_UNAVAILABLE: 'NOT_REACHABLE',
  KAFKA_UNAVAILABLE: 'NOT_REACHABLE',
  REGISTRY_UNAVAILABLE: 'NOT_REACHABLE',
}

function failureOf({ code, message }: ReplayReport & { readonly kind: 'failed' }): CliError {
  return new CliError(codes[code] ?? 'FAILING', `${message} (${code})`)
}
