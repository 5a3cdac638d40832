import { printable } from '../terminal/printable.ts'
import type { Finding } from './finding.ts'

const withinMs = 5_000

export type AccessFindings = {
  readonly findings: readonly Finding[]
  /** Whether the gateway asks for keys; undefined when it does not answer. */
  readonly isGatewayGuarded: boolean | undefined
}

/** Whether keys are asked for, and whether the one at hand may read. What does not answer is told elsewhere. */
export async function findAccess(apiUrl: string, gatewayUrl: string, key: string | undefined): Promise<AccessFindings> {
  const read = `${apiUrl}/api/v1/assets?limit=1`
  const [nobody, somebody, sender] = await Promise.all([
    answerOf(read),
    key === undefined ? undefined : answerOf(read, { headers: { authorization: `Bearer ${key}` } }),
    answerOf(`${gatewayUrl}/api/v1/lineage/batch`, { method: 'POST', body: '[]' }), // stores nothing
  ])
  return {
    findings: [...keyFinding(nobody, somebody)],
    isGatewayGuarded: sender === undefined ? undefined : sender.status === 401,
  }
}

type Answer = { readonly status: number; readonly detail: string }

function keyFinding(nobody: Answer | undefined, somebody: Answer | undefined): readonly Finding[] {
  const finding = { name: 'API key', remedy: '' }
  if (somebody !== undefined && somebody.status < 400) {
    const detail =
      nobody?.status === 401 ? 'HEADWATER_API_KEY may read' : 'HEADWATER_API_KEY is set, and nobody is asked'
    return [{ ...finding, ok: true, needed: true, detail }]
  }
  const makeOne = 'a key from: headwater keys create NAME --scope read'
  if (somebody?.status === 401 || somebody?.status === 403) {
    const remedy = `Set HEADWATER_API_KEY to ${makeOne}`
    return [{ ...finding, ok: false, needed: true, detail: `HEADWATER_API_KEY is refused: ${somebody.detail}`, remedy }]
  }
  if (somebody !== undefined || nobody?.status !== 401) return []
  const detail = 'not set, and the API asks for one'
  return [{ ...finding, ok: false, needed: false, detail, remedy: `Set HEADWATER_API_KEY to ${makeOne}` }]
}

async function answerOf(url: string, request: RequestInit = {}): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(withinMs) })
    const detail = /"detail":"((?:[^"\\]|\\.)*)"/.exec(await response.text())?.[1] ?? `answered ${response.status}`
    return { status: response.status, detail: printable(detail) }
  } catch {
    return undefined
  }
}
