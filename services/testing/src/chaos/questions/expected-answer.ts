import type { Run } from '@headwater/lineage'
import { compareTuples } from '../../reference/compare-tuples.ts'
import { edgeOrder, type ReferenceEdge, type ReferenceEdgeMode } from '../../reference/reference-edge.ts'
import type { CardAnswer, LineageAnswer, MaterializationsAnswer, PathsAnswer } from './plain-answer.ts'
import { notFound } from './plain-answer.ts'
import type { MomentQuestion, QuestionEdges } from './question.ts'
import { listedMaterializations } from './question-request.ts'
import type { ReferenceView } from './reference-view.ts'

type Asked<Kind> = Extract<MomentQuestion, { kind: Kind }>

/** The right answer, by the reference. @param now epoch milliseconds, from which durations count back unless the question has asOf */
export function expectedAnswer(question: MomentQuestion, view: ReferenceView, now: number): unknown {
  switch (question.kind) {
    case 'lineage':
      return view.named.has(question.root) ? lineage(question, view, now) : notFound
    case 'paths':
      return view.named.has(question.from) && view.named.has(question.to) ? paths(question, view, now) : notFound
    case 'card':
      return view.named.has(question.key) ? card(question.key, view) : notFound
    case 'materializations':
      return view.named.has(question.key) ? materializations(question.key, view) : notFound
    default:
      return question satisfies never
  }
}

function modeOf(edges: QuestionEdges, asOf: number): ReferenceEdgeMode {
  return typeof edges === 'string' ? edges : { seenSince: Math.max(0, asOf - edges.seenWithinMs) }
}

function lineage(question: Asked<'lineage'>, { graph }: ReferenceView, now: number): LineageAnswer {
  const { root, direction, depth, moment } = question
  const edges = modeOf(question.edges, moment.asOf ?? now)
  const walked = graph.lineage(root, { direction, depth, edges })
  const evidence = byEnds(graph.edges(edges))
  return {
    nodes: [...walked.depths]
      .map(([key, distance]) => ({ key, depth: distance, readsItself: walked.readsItself.has(key) }))
      .sort((a, b) => compareTuples([a.key], [b.key])),
    edges: walked.edges.map(({ from, to }) => ({
      ...{ from, to },
      jobs: (evidence.get(JSON.stringify([from, to])) ?? [])
        .toSorted((a, b) => compareTuples(edgeOrder(a), edgeOrder(b)))
        .map(({ from: _, to: __, isCurrent, ...each }) => ({ ...each, current: isCurrent })),
    })),
  }
}

function byEnds(edges: readonly ReferenceEdge[]): ReadonlyMap<string, readonly ReferenceEdge[]> {
  const found = new Map<string, ReferenceEdge[]>()
  for (const edge of edges) {
    const ends = JSON.stringify([edge.from, edge.to])
    found.set(ends, [...(found.get(ends) ?? []), edge])
  }
  return found
}

function paths({ from, to, limit, edges, moment }: Asked<'paths'>, { graph }: ReferenceView, now: number): PathsAnswer {
  return { paths: graph.paths(from, to, limit, modeOf(edges, moment.asOf ?? now)) }
}

function card(key: string, { graph }: ReferenceView): CardAnswer {
  const edges = graph.edges('current').filter(({ from, to }) => from !== to)
  const runs = graph.runsThatWrote(key)
  const count = (state: Run['state']) => runs.filter((run) => run.state === state).length
  const success = graph.successesOfAnyJob(key).at(-1)
  return {
    degree: {
      upstream: new Set(edges.filter(({ to }) => to === key).map(({ from }) => from)).size,
      downstream: new Set(edges.filter(({ from }) => from === key).map(({ to }) => to)).size,
    },
    materializations: {
      ...{ UNKNOWN: count('UNKNOWN'), STARTED: count('STARTED'), RUNNING: count('RUNNING') },
      ...{ SUCCEEDED: count('SUCCEEDED'), ABORTED: count('ABORTED'), FAILED: count('FAILED') },
    },
    dropped: graph.isDropped(key),
    droppedAt: graph.lastDropOf(key) ?? null,
    lastSuccess:
      success === undefined
        ? null
        : {
            ...{ jobNamespace: success.jobNamespace, jobName: success.jobName, runId: success.runId },
            endedAt: success.endedAt,
          },
  }
}

function materializations(key: string, { graph }: ReferenceView): MaterializationsAnswer {
  return {
    items: graph
      .runsThatWrote(key)
      .toSorted((a, b) => compareTuples(placeOf(b), placeOf(a)))
      .slice(0, listedMaterializations)
      .map(({ jobNamespace, jobName, runId, state, endedAt, lastEventAt, outputs }) => ({
        ...{ jobNamespace, jobName, runId, state, endedAt, lastEventAt },
        inputs: [...(outputs.get(key)?.inputs ?? [])].sort(),
        assertion: outputs.get(key)?.explicit ? 'explicit' : 'run',
      })),
  }
}

const placeOf = (run: Run) => [run.endedAt ?? run.lastEventAt, run.jobNamespace, run.jobName, run.runId] as const
