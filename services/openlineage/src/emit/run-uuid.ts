import type { RunReference } from '@headwater/schemas'
import { digest } from '../text/digest.ts'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isUuid = (text: string): boolean => uuid.test(text)

/** A run's id as OpenLineage wants it, a UUID: of any other id one (version 8) that the same run of the same job always gets. */
export function runUuid({ jobNamespace, jobName, runId }: RunReference): string {
  if (isUuid(runId)) return runId.toLowerCase()
  const hex = digest(JSON.stringify([jobNamespace, jobName, runId]))
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
