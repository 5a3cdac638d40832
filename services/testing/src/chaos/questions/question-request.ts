import type { Question, QuestionEdges, QuestionMoment } from './question.ts'

export type QuestionRequest = { readonly path: string; readonly query: Readonly<Record<string, string>> }

/** Enough for every asset of a world, so that no answer is cut. */
const whole = { maxNodes: '10000' }
export const listedMaterializations = 50

/** The question as an HTTP request. */
export function requestOf(question: Question): QuestionRequest {
  switch (question.kind) {
    case 'lineage': {
      const { root, direction, depth, moment, edges } = question
      const walk = { key: root, direction, depth: String(depth), ...whole }
      return { path: '/lineage', query: { ...walk, ...timesOf(moment), edges: textOf(edges) } }
    }
    case 'paths': {
      const { from, to, limit, moment, edges } = question
      const search = { from, to, limit: String(limit), ...whole }
      return { path: '/lineage/paths', query: { ...search, ...timesOf(moment), edges: textOf(edges) } }
    }
    case 'card':
      return { path: '/asset', query: { key: question.key, ...timesOf(question.moment) } }
    case 'materializations': {
      const page = { key: question.key, limit: String(listedMaterializations) }
      return { path: '/asset/materializations', query: { ...page, ...timesOf(question.moment) } }
    }
    case 'diff': {
      const { span, key, direction, depth } = question
      const around = key === null ? {} : { key, direction, depth: String(depth), ...whole }
      const times = { from: iso(span.from), to: iso(span.to) }
      const { knownAt } = span
      const known = knownAt === undefined ? {} : { knownAt: iso(knownAt) }
      return { path: '/lineage/diff', query: { ...times, ...known, ...around, limit: '10000' } }
    }
    default:
      return question satisfies never
  }
}

const timesOf = ({ asOf, knownAt }: QuestionMoment) => ({
  ...(asOf === undefined ? {} : { asOf: iso(asOf) }),
  ...(knownAt === undefined ? {} : { knownAt: iso(knownAt) }),
})

const textOf = (edges: QuestionEdges) => (typeof edges === 'string' ? edges : `seenWithin=${edges.seenWithinMs}ms`)

const iso = (epochMs: number) => new Date(epochMs).toISOString()
