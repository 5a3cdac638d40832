import { spawn } from 'node:child_process'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export type Load = {
  readonly url: string
  /** How many bodies in all. */
  readonly amount: number
  readonly connections: number
  readonly isGzip: boolean
}

/** Positions that were answered for one partition. */
export type PartitionRange = {
  readonly partition: number
  readonly first: number
  readonly last: number
  readonly distinct: number
}

export type Measured = {
  readonly answered: number
  readonly refused: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly ranges: readonly PartitionRange[]
}

const program = fileURLToPath(new URL('load-process.js', import.meta.url))

/** Posts OpenLineage events from keep-alive connections of a process of its own. @throws Error when an answer is not 201 */
export async function load(task: Load): Promise<Measured> {
  const child = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const measured = (await json(child.stdout)) as Measured
  if (measured.refused > 0) throw new Error(`${measured.refused} of ${measured.answered} answers were not 201`)
  return measured
}
