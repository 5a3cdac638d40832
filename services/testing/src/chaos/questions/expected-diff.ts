import type { EventLog } from '@headwater/lineage'
import { type ReferenceChange, referenceDiff } from '../../reference/reference-diff.ts'
import { type DiffAnswer, notFound, type PlainChange } from './plain-answer.ts'
import type { DiffQuestion, QuestionSpan } from './question.ts'
import type { ReferenceView } from './reference-view.ts'

export type ExpectedDiffs = {
  answer(question: DiffQuestion): unknown
}

/** The right answers about one span, by the reference. @param views what is known at the begin and at the end of the span */
export function expectedDiffs(
  log: EventLog,
  span: QuestionSpan,
  views: readonly [ReferenceView, ReferenceView],
): ExpectedDiffs {
  const diff = referenceDiff(log, span.from, span.to, span.knownAt)
  return {
    answer({ key, direction, depth }): DiffAnswer | typeof notFound {
      if (key === null) return { added: diff.added.map(plain), removed: diff.removed.map(plain) }
      if (!views[1].named.has(key)) return notFound
      const near = new Set(
        views.flatMap(({ graph }) => [...graph.lineage(key, { direction, depth, edges: 'current' }).depths.keys()]),
      )
      const around = (changes: readonly ReferenceChange[]) =>
        changes.filter(({ from, to }) => near.has(from) && near.has(to)).map(plain)
      return { added: around(diff.added), removed: around(diff.removed) }
    },
  }
}

function plain({ from, to, jobNamespace, jobName, cause }: ReferenceChange): PlainChange {
  const edge = { from, to, jobNamespace, jobName }
  if (cause.kind === 'dropped') return { ...edge, cause: cause.kind, by: cause.asset, at: cause.at }
  if (!('runId' in cause)) {
    return { ...edge, cause: cause.kind, by: `${jobNamespace}/${jobName}`, at: cause.at }
  }
  return { ...edge, cause: cause.kind, by: `${cause.jobNamespace}/${cause.jobName}/${cause.runId}`, at: cause.at }
}
