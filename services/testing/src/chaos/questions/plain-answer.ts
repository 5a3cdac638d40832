import type { RunState } from '@headwater/schemas'
import { compareTuples } from '../../reference/compare-tuples.ts'
import type { Question } from './question.ts'

// Answers of the API and of the reference in one form, ordered, without fields that only one of them has. Times are epoch milliseconds.

export type LineageAnswer = {
  readonly nodes: readonly { readonly key: string; readonly depth: number; readonly readsItself: boolean }[]
  readonly edges: readonly { readonly from: string; readonly to: string; readonly jobs: readonly Evidence[] }[]
}
type JobRun = { readonly jobNamespace: string; readonly jobName: string; readonly runId: string }
type Evidence = JobRun & {
  readonly assertion: 'run' | 'explicit' | 'declared'
  readonly firstSeen: number
  readonly lastSeen: number
  readonly runs: number
  readonly failedRuns: number
  readonly current: boolean
}
export type PathsAnswer = { readonly paths: readonly (readonly string[])[] }
export type CardAnswer = {
  readonly degree: { readonly upstream: number; readonly downstream: number }
  readonly materializations: Readonly<Record<RunState, number>>
  readonly dropped: boolean
  readonly droppedAt: number | null
  readonly lastSuccess: (JobRun & { readonly endedAt: number }) | null
}
export type MaterializationsAnswer = {
  readonly items: readonly (JobRun & {
    readonly state: RunState
    readonly endedAt: number | null
    readonly lastEventAt: number
    readonly inputs: readonly string[]
    readonly assertion: 'run' | 'explicit'
  })[]
}
export type PlainChange = Omit<JobRun, 'runId'> & {
  readonly from: string
  readonly to: string
  readonly cause: 'run' | 'restored' | 'dropped' | 'declared' | 'undeclared'
  /** The asset that was dropped, or the run; the declaration is that of the job. */
  readonly by: string
  readonly at: number | null
}
export type DiffAnswer = { readonly added: readonly PlainChange[]; readonly removed: readonly PlainChange[] }

export const notFound = 'not found'

// As the contract of the API has them; only what is compared.
type Body = {
  readonly nodes: readonly { readonly key: string; readonly depth: number; readonly readsItself: boolean }[]
  readonly edges: readonly {
    readonly from: number
    readonly to: number
    readonly jobs: readonly (Omit<Evidence, 'firstSeen' | 'lastSeen'> & { firstSeen: string; lastSeen: string })[]
  }[]
  readonly paths: readonly (readonly number[])[]
  readonly degree: CardAnswer['degree']
  readonly materializations: CardAnswer['materializations']
  readonly dropped: boolean
  readonly droppedAt: string | null
  readonly lastSuccess: (JobRun & { readonly endedAt: string }) | null
  readonly items: readonly (Omit<MaterializationsAnswer['items'][number], 'endedAt' | 'lastEventAt'> & {
    readonly endedAt: string | null
    readonly lastEventAt: string
  })[]
  readonly added: readonly BodyChange[]
  readonly removed: readonly BodyChange[]
}
type BodyChange = Omit<PlainChange, 'by' | 'at'> & {
  readonly asset: string | null
  readonly run: JobRun | null
  readonly at: string | null
}

/** What the API answered. @param body JSON of an answer to this question */
export function plainAnswer(kind: Question['kind'], body: unknown): unknown {
  const answer = body as Body
  switch (kind) {
    case 'lineage':
      return lineage(answer)
    case 'paths':
      return { paths: answer.paths.map((path) => path.map((id) => keyOf(answer, id))) } satisfies PathsAnswer
    case 'card':
      return card(answer)
    case 'materializations':
      return { items: answer.items.map(materialization) } satisfies MaterializationsAnswer
    case 'diff':
      return { added: answer.added.map(change), removed: answer.removed.map(change) } satisfies DiffAnswer
    default:
      return kind satisfies never
  }
}

const keyOf = ({ nodes }: Body, id: number) => nodes[id]?.key ?? `node ${id} is missing`

function lineage(answer: Body): LineageAnswer {
  return {
    nodes: answer.nodes
      .map(({ key, depth, readsItself }) => ({ key, depth, readsItself }))
      .sort((a, b) => compareTuples([a.key], [b.key])),
    edges: answer.edges
      .map(({ from, to, jobs }) => ({
        ...{ from: keyOf(answer, from), to: keyOf(answer, to) },
        jobs: jobs
          .map(evidence)
          .sort((a, b) => compareTuples([a.jobNamespace, a.jobName], [b.jobNamespace, b.jobName])),
      }))
      .sort((a, b) => compareTuples([a.from, a.to], [b.from, b.to])),
  }
}

function evidence(of: Body['edges'][number]['jobs'][number]): Evidence {
  return { ...of, firstSeen: Date.parse(of.firstSeen), lastSeen: Date.parse(of.lastSeen) }
}

function card({ degree, materializations, dropped, droppedAt, lastSuccess }: Body): CardAnswer {
  return {
    ...{ degree, materializations, dropped, droppedAt: timeOf(droppedAt) },
    lastSuccess:
      lastSuccess === null
        ? null
        : {
            ...{ jobNamespace: lastSuccess.jobNamespace, jobName: lastSuccess.jobName, runId: lastSuccess.runId },
            endedAt: Date.parse(lastSuccess.endedAt),
          },
  }
}

function materialization(item: Body['items'][number]): MaterializationsAnswer['items'][number] {
  const { jobNamespace, jobName, runId, state, inputs, assertion } = item
  const times = { endedAt: timeOf(item.endedAt), lastEventAt: Date.parse(item.lastEventAt) }
  return { jobNamespace, jobName, runId, state, ...times, inputs, assertion }
}

function change({ from, to, jobNamespace, jobName, cause, asset, run, at }: BodyChange): PlainChange {
  const by = run === null ? (asset ?? `${jobNamespace}/${jobName}`) : `${run.jobNamespace}/${run.jobName}/${run.runId}`
  return { from, to, jobNamespace, jobName, cause, by, at: timeOf(at) }
}

const timeOf = (text: string | null) => (text === null ? null : Date.parse(text))
