import type {
  AliasAnswer,
  AssetCard,
  AssetPage,
  ColumnLineage,
  Completeness,
  JobCard,
  JobPage,
  LineageAnswer,
  LineageDiff,
  LineagePaths,
  MaterializationPage,
  RunsAnswer,
} from '@headwater/api/contract'
import { readText } from '@headwater/http/read-text'
import { CliError } from '../cli-error.ts'
import { startHint } from '../config.ts'
import { problemError } from './problem-error.ts'

export type Parameters = Readonly<Record<string, string | number | undefined>>

/** A client of the read API. Calls throw CliError: NOT_REACHABLE, or REFUSED and INVALID_INPUT with the problem's detail. */
export type ApiClient = {
  assets(parameters: Parameters): Promise<AssetPage>
  asset(parameters: Parameters): Promise<AssetCard>
  aliases(parameters: Parameters): Promise<AliasAnswer>
  materializations(parameters: Parameters): Promise<MaterializationPage>
  lineage(parameters: Parameters): Promise<LineageAnswer>
  columnLineage(parameters: Parameters): Promise<ColumnLineage>
  paths(parameters: Parameters): Promise<LineagePaths>
  diff(parameters: Parameters): Promise<LineageDiff>
  runs(id: string, parameters: Parameters): Promise<RunsAnswer>
  jobs(parameters: Parameters): Promise<JobPage>
  job(parameters: Parameters): Promise<JobCard>
}

const timeoutMs = 60_000
/** Far above the largest answer of the API; another server at its address may send more. */
const maxAnswerBytes = 256 << 20

/** The URL of the API, and the key to send to it. */
export type ApiAccess = { readonly baseUrl: string; readonly apiKey: string | undefined }

/** @param onAnswer called with what each answer says of its completeness; undefined where the API is of an earlier version */
export function createApiClient(
  access: ApiAccess,
  onAnswer: (completeness: Completeness | undefined) => void = () => undefined,
): ApiClient {
  const get = async <T extends { readonly completeness?: Completeness }>(path: string, parameters: Parameters) => {
    const answer = await fetchJson<T>(access, path, parameters)
    onAnswer(answer.completeness)
    return answer
  }
  return {
    assets: (parameters) => get('assets', parameters),
    asset: (parameters) => get('asset', parameters),
    aliases: (parameters) => get('aliases', parameters),
    materializations: (parameters) => get('asset/materializations', parameters),
    lineage: (parameters) => get('lineage', parameters),
    columnLineage: (parameters) => get('columns/lineage', parameters),
    paths: (parameters) => get('lineage/paths', parameters),
    diff: (parameters) => get('lineage/diff', parameters),
    runs: (id, parameters) => get(`runs/${encodeURIComponent(id)}`, parameters),
    jobs: (parameters) => get('jobs', parameters),
    job: (parameters) => get('job', parameters),
  }
}

async function fetchJson<T>({ baseUrl, apiKey }: ApiAccess, path: string, parameters: Parameters): Promise<T> {
  const url = new URL(`${baseUrl}/api/v1/${path}`)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) }).catch((cause: Error) => {
    throw unreachable(baseUrl, cause)
  })
  const text = await readText(response, maxAnswerBytes).catch((cause: Error) => {
    throw unreachable(baseUrl, cause)
  })
  if (!response.ok) throw problemError(response.status, text, apiKey !== undefined)
  try {
    return JSON.parse(text) as T
  } catch (cause) {
    throw new CliError(
      'NOT_REACHABLE',
      `${baseUrl} answered, but not with JSON: it may not be Headwater's API. Check --api`,
      { cause },
    )
  }
}

function unreachable(baseUrl: string, cause: Error): CliError {
  const reason =
    (cause.cause as (Error & { code?: string }) | undefined)?.code ??
    (cause.cause as Error | undefined)?.message ??
    cause.message
  return new CliError(
    'NOT_REACHABLE',
    `The API at ${baseUrl} does not answer (${reason}). ${startHint}, or set --api or HEADWATER_API_URL`,
    { cause },
  )
}
