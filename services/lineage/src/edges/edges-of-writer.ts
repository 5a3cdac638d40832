import type { CandidateEdge } from './changed-edges.ts'
import type { JobEdge, Writer } from './job-edge.ts'

/** The latest success of a writer at each of two moments. */
export type ChangedWriter = Writer & {
  /** Id of the latest success; empty where there is none. */
  readonly runBefore: string
  readonly runAfter: string
  /** Input sets of these runs. */
  readonly setsBefore: readonly string[]
  readonly setsAfter: readonly string[]
}

/** An edge that a job declares at one of two moments at least. Times are epoch milliseconds. */
export type DeclaredChange = JobEdge & {
  readonly isDeclaredBefore: boolean
  readonly isDeclaredAfter: boolean
  /** The first of the consecutive declarations that end with the last one to contain the edge. */
  readonly cameAt: number
  /** The declaration that follows the last one to contain the edge; the epoch where none follows. */
  readonly wentAt: number
}

/**
 * The edges that a writer asserts at either moment. A success replaces everything that the job declares for the asset.
 * @param declared what the job of the writer declares for the asset
 * @param inputsOf the assets that feed the writer's asset through an input set
 * @param from the earlier moment, epoch milliseconds
 */
export function edgesOfWriter(
  { asset: to, jobNamespace, jobName, runBefore, runAfter, setsBefore, setsAfter }: ChangedWriter,
  declared: readonly DeclaredChange[],
  inputsOf: (setId: string, asset: string) => readonly string[],
  from: number,
): readonly CandidateEdge[] {
  const inputsIn = (setIds: readonly string[]) => setIds.flatMap((setId) => inputsOf(setId, to))
  const declaredIf = (holds: (link: DeclaredChange) => boolean) => declared.filter(holds).map((link) => link.from)
  const before = new Set(runBefore === '' ? declaredIf((link) => link.isDeclaredBefore) : inputsIn(setsBefore))
  const after = new Set(runAfter === '' ? declaredIf((link) => link.isDeclaredAfter) : inputsIn(setsAfter))
  const byInput = new Map(declared.map((link) => [link.from, link]))
  return [...new Set([...before, ...after])].map((input) => {
    const asserted = { assertedBefore: before.has(input), assertedAfter: after.has(input) }
    const link = byInput.get(input)
    return {
      ...{ from: input, to, jobNamespace, jobName, runBefore: runBefore === '' ? undefined : runBefore, ...asserted },
      declaration: link && runAfter === '' ? declarationOf(link, asserted, runBefore, from) : undefined,
    }
  })
}

/** Where the earlier success no longer counts, a declaration is the cause only if it is newer than the earlier moment. */
function declarationOf(
  { cameAt, wentAt }: DeclaredChange,
  { assertedBefore, assertedAfter }: Pick<CandidateEdge, 'assertedBefore' | 'assertedAfter'>,
  runBefore: string,
  from: number,
): CandidateEdge['declaration'] {
  if (assertedAfter) return runBefore === '' || cameAt > from ? { cause: 'declared', at: cameAt } : undefined
  return assertedBefore && runBefore === '' ? { cause: 'undeclared', at: wentAt } : undefined
}
