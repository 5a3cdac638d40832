import { readText } from '@headwater/http/read-text'
import { printable } from '../terminal/printable.ts'
import type { Finding } from './finding.ts'

const timeoutMs = 5_000
const maxAnswerBytes = 1 << 20

export type AccessFindings = {
  readonly findings: readonly Finding[]
  /** Whether the gateway requires keys; undefined when it does not answer. */
  readonly isGatewayGuarded: boolean | undefined
}

/** Checks whether keys are required, and whether HEADWATER_API_KEY may read. Other findings report services that do not answer. */
export async function findAccess(apiUrl: string, gatewayUrl: string, key: string | undefined): Promise<AccessFindings> {
  const read = `${apiUrl}/api/v1/assets?limit=1`
  const [anonymous, authenticated, sender] = await Promise.all([
    answerOf(read),
    key === undefined ? undefined : answerOf(read, { headers: { authorization: `Bearer ${key}` } }),
    answerOf(`${gatewayUrl}/api/v1/lineage/batch`, { method: 'POST', body: '[]' }), // stores nothing
  ])
  return {
    findings: [...keyFinding(anonymous, authenticated)],
    isGatewayGuarded: sender === undefined ? undefined : sender.status === 401,
  }
}

type Answer = { readonly status: number; readonly detail: string }

function keyFinding(anonymous: Answer | undefined, authenticated: Answer | undefined): readonly Finding[] {
  const finding = { name: 'API key', remedy: '' }
  if (authenticated !== undefined && authenticated.status < 400) {
    const detail =
      anonymous?.status === 401 ? 'HEADWATER_API_KEY may read' : 'HEADWATER_API_KEY is set, and the API requires none'
    return [{ ...finding, ok: true, needed: true, detail }]
  }
  const newKey = 'a key from: headwater keys create NAME --scope read'
  if (authenticated?.status === 401 || authenticated?.status === 403) {
    const remedy = `Set HEADWATER_API_KEY to ${newKey}`
    return [
      { ...finding, ok: false, needed: true, detail: `HEADWATER_API_KEY is refused: ${authenticated.detail}`, remedy },
    ]
  }
  if (authenticated !== undefined || anonymous?.status !== 401) return []
  const detail = 'a key is missing: HEADWATER_API_KEY is not set, and the API requires one'
  return [{ ...finding, ok: false, needed: false, detail, remedy: `Set HEADWATER_API_KEY to ${newKey}` }]
}

async function answerOf(url: string, request: RequestInit = {}): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
    const detail =
      /"detail":"((?:[^"\\]|\\.)*)"/.exec(await readText(response, maxAnswerBytes))?.[1] ??
      `answered ${response.status}`
    return { status: response.status, detail: printable(detail) }
  } catch {
    return undefined
  }
}
