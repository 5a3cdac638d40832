import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { json } from 'node:stream/consumers'

export type Load = {
  readonly url: string
  readonly body: string
  readonly seconds: number
  readonly connections: number
}
type Report = {
  readonly '2xx': number
  readonly non2xx: number
  readonly errors: number
  readonly duration: number
  readonly latency: { readonly p50: number; readonly p99: number }
}
export type Measured = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

const autocannon = createRequire(import.meta.url).resolve('autocannon')

/** Posts the body from keep-alive connections of a process of its own. @throws Error when an answer is none of 2xx */
export async function load({ url, body, seconds, connections }: Load): Promise<Measured> {
  const args = [
    '--json',
    '-c',
    String(connections),
    '-d',
    String(seconds),
    '-m',
    'POST',
    '-H',
    'content-type=application/json',
  ]
  const child = spawn(process.execPath, [autocannon, ...args, '-b', body, url], { stdio: ['ignore', 'pipe', 'ignore'] })
  const report = (await json(child.stdout)) as Report
  if (report.non2xx > 0 || report.errors > 0) throw new Error(`${report.non2xx} refusals, ${report.errors} errors`)
  return { perSecond: report['2xx'] / report.duration, p50Ms: report.latency.p50, p99Ms: report.latency.p99 }
}
