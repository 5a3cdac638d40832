import { shellWord } from '@headwater/config/shell-word'
import type { StackState } from '@headwater/local/state'
import { createApiClient } from '../api/api-client.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { Finding } from '../doctor/finding.ts'
import { findParts } from '../doctor/part-findings.ts'
import { clickHouseText } from './clickhouse-text.ts'
import { findClickHouseLogin } from './find-addresses.ts'
import { findStack } from './running-stack.ts'
import { type Lag, statusText } from './status-text.ts'

export type StatusOptions = { readonly json: boolean /** Prints passwords. */; readonly secrets: boolean }

/** Shows the state of each part, its address, and how far the log is folded; fails unless all are ready. */
export async function status(context: Context, config: CliConfig, { json, secrets }: StatusOptions): Promise<number> {
  const home = config.HEADWATER_HOME
  const found = await findStack(home)
  const state = found?.situation === 'running' ? found.state : undefined
  if (state === undefined) {
    if (json) context.print(JSON.stringify({ situation: found?.situation ?? 'stopped', home, lag: null }))
    else if (found !== undefined) context.print(`Process ${found.state.pid} is starting the stack`)
    else context.print(`No stack is running in ${shellWord(home)}. Start one with: npm start`)
    return exitCodes.failing
  }
  const [lag, findings, login] = await Promise.all([
    lagOf(state, config),
    findingsOf(state, config),
    findClickHouseLogin(config),
  ])
  const failing = findings.filter(({ ok }) => !ok)
  const ready = state.ready && failing.every(({ needed }) => !needed)
  if (json) {
    const { position, lagMs, problem } = lag
    const shownLag = problem === undefined ? { position, lagMs } : null
    const problems = failing.map(({ name, detail }) => ({ part: name.toLowerCase(), detail }))
    context.print(
      JSON.stringify({
        situation: 'running',
        home,
        ...state,
        ready,
        lag: shownLag,
        lagProblem: problem ?? null,
        completeness: lag.completeness ?? null,
        problems,
        clickhouse: secrets ? login : { username: login.username },
      }),
    )
  } else {
    const lines = statusText({ home, state, lag, failing, context, clickhouseUser: login.username })
    const shown = secrets ? clickHouseText(state.addresses.clickhouseUrl, login) : []
    for (const line of [...lines, ...shown]) context.print(line)
  }
  return ready ? exitCodes.ok : exitCodes.failing
}

async function lagOf(state: StackState, { HEADWATER_API_KEY: apiKey }: CliConfig): Promise<Lag> {
  const unknown = { position: '', lagMs: null }
  const url = state.urls['api']
  if (url === undefined) return { ...unknown, problem: 'the stack has no API' }
  try {
    const { position, lagMs, completeness } = await createApiClient({ baseUrl: url, apiKey }).assets({ limit: 1 })
    return { position, lagMs, completeness }
  } catch (error) {
    if (error instanceof CliError) return { ...unknown, problem: error.message }
    throw error
  }
}

function findingsOf({ addresses, urls }: StackState, config: CliConfig): Promise<readonly Finding[]> {
  const { api = '', gateway = '', metrics = '' } = urls
  return findParts(
    { ...addresses, apiUrl: api, gatewayUrl: gateway, projectorUrl: metrics.replace(/metrics$/, 'readyz') },
    config,
  )
}
