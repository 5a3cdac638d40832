import type { Run } from '@headwater/lineage'

export type EndedRun = Run & { readonly endedAt: number }

export const isSuccess = (run: Run): run is EndedRun => run.state === 'SUCCEEDED'

export const isFailure = (run: Run): run is EndedRun => run.state === 'FAILED' || run.state === 'ABORTED'

/** Whether the run, in whatever state, reports that it made `to` from `from`. */
export const asserts = (run: Run, from: string, to: string): boolean => run.outputs.get(to)?.inputs.has(from) ?? false
