import type { ApiClient } from '../api/api-client.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { directionOf, type ReadOptions, waitParameters } from '../options/read-options.ts'
import { createStyle } from '../terminal/style.ts'
import { diffText } from './diff-text.ts'

export type DiffOptions = ReadOptions & {
  readonly from: string
  readonly to?: string
  readonly knownAt?: string
  readonly key?: string
  readonly up: boolean
  readonly down: boolean
  readonly depth: number
  readonly maxNodes: number
  readonly limit: number
  readonly exitCode: boolean
}

/** Shows the edges added and removed between two times; with `exitCode`, fails when there are any. */
export async function diff(context: Context, api: ApiClient, options: DiffOptions): Promise<number> {
  const { from, to, knownAt, key, up, down, depth, maxNodes, limit } = options
  if (key === undefined && up !== down) {
    throw new CliError('INVALID_INPUT', '--up and --down need an asset: name it with --key')
  }
  const around = key === undefined ? {} : { key, direction: directionOf(options), depth, maxNodes }
  const answer = await api.diff({ from, to, knownAt, limit, ...around, ...waitParameters(options) })
  const lines = options.json
    ? [JSON.stringify(answer)]
    : diffText(answer, { style: createStyle(context.colour), width: context.width })
  for (const line of lines) context.print(line)
  const differs = answer.total.added + answer.total.removed > 0
  return options.exitCode && differs ? exitCodes.failing : exitCodes.ok
}
