import type { buildApp } from '@headwater/api'
import { EventLog, type RecordedEvent } from '@headwater/lineage'
import { expectedAnswer } from './expected-answer.ts'
import { expectedDiffs } from './expected-diff.ts'
import { firstDifference } from './first-difference.ts'
import { notFound, plainAnswer } from './plain-answer.ts'
import type { Question, QuestionGroup } from './question.ts'
import { requestOf } from './question-request.ts'
import { referenceView } from './reference-view.ts'

export type WrongAnswer = {
  /** Path and query, to repeat the request. */
  readonly question: string
  readonly difference: string
}

export type AskedQuestions = { readonly asked: number; readonly wrong: readonly WrongAnswer[] }

export type AskQuestionsOptions = {
  readonly app: Awaited<ReturnType<typeof buildApp>>
  readonly events: readonly RecordedEvent[]
  readonly groups: readonly QuestionGroup[]
  /** What the app takes for now. */
  readonly now: number
  readonly signal: AbortSignal
  readonly onProgress: (asked: number) => void
}

const inFlight = 4
const attempts = 3

/** Compares answers of the API with those of the reference, one moment after another, since a fold of the whole log takes much memory. */
export async function askQuestions(options: AskQuestionsOptions): Promise<AskedQuestions> {
  const { events, groups, signal, onProgress } = options
  const log = new EventLog(events)
  const wrong: WrongAnswer[] = []
  let asked = 0
  for (const group of groups) {
    if (signal.aborted) break
    const expected = expectationsOf(log, group, options)
    await eachInFlight<Question>(group.questions, async (question) => {
      const difference = firstDifference(await answerOf(options.app, question), expected(question))
      if (difference !== undefined) wrong.push({ question: textOf(question), difference })
      onProgress(++asked)
    })
  }
  return { asked, wrong }
}

function expectationsOf(
  log: EventLog,
  group: QuestionGroup,
  { events, now }: AskQuestionsOptions,
): (question: Question) => unknown {
  if ('moment' in group) {
    const view = referenceView(log, events, group.moment)
    return (question) => (question.kind === 'diff' ? undefined : expectedAnswer(question, view, now))
  }
  const { span } = group
  const known = span.knownAt === undefined ? {} : { knownAt: span.knownAt }
  const diffs = expectedDiffs(log, span, [
    referenceView(log, events, { asOf: span.from, ...known }),
    referenceView(log, events, { asOf: span.to, ...known }),
  ])
  return (question) => (question.kind === 'diff' ? diffs.answer(question) : undefined)
}

async function answerOf(app: AskQuestionsOptions['app'], question: Question): Promise<unknown> {
  const { path, query } = requestOf(question)
  for (let attempt = 1; ; attempt++) {
    const response = await app.inject({ method: 'GET', url: `/api/v1${path}`, query: { ...query } })
    if (response.statusCode === 200) return plainAnswer(question.kind, response.json())
    if (response.statusCode === 404) return notFound
    if (response.statusCode < 500 || attempt === attempts) return `${response.statusCode} ${response.body}`
  }
}

const textOf = (question: Question): string => {
  const { path, query } = requestOf(question)
  return `/api/v1${path}?${new URLSearchParams(query)}`
}

async function eachInFlight<T>(items: readonly T[], call: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await call(item)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}
