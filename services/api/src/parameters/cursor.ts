import { createHash } from 'node:crypto'
import type { JobIdentity } from '@headwater/lineage'
import type { RunPlace } from '../catalog/page.ts'
import { ApiError } from '../errors.ts'

// A cursor names the last item of a page instead of counting items, so insertions do not shift the next page. It holds for the question
// of that page alone, and keeps its moment: a time ago is the same time on every page.

type Places = {
  assets: string
  jobs: JobIdentity
  materializations: RunPlace
  refused: string
  runs: RunPlace
}

/** Where a page ended, in epoch milliseconds for the moment. */
export type Cursor<K extends keyof Places> = {
  readonly place: Places[K]
  readonly asOf?: number | undefined
  readonly knownAt?: number | undefined
}

/** The list, and the parameters that choose and order its items. */
export type PagedQuestion<K extends keyof Places> = { readonly list: K; readonly query: object }

/** Opaque text. */
export function formatCursor<K extends keyof Places>(
  { list, query }: PagedQuestion<K>,
  { place, asOf = undefined, knownAt = undefined }: Cursor<K>,
): string {
  const values = [list, digestOf(query), asOf ?? null, knownAt ?? null, ...formats[list].write(place)]
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The inverse of `formatCursor`. @throws ApiError INVALID_CURSOR for a cursor of another question, or one that `formatCursor` did not make */
export function parseCursor<K extends keyof Places>({ list, query }: PagedQuestion<K>, cursor: string): Cursor<K> {
  const [name, digest, asOf, knownAt, ...values] = decoded(cursor)
  const place = name === list && isTimeOrNull(asOf) && isTimeOrNull(knownAt) ? formats[list].read(values) : undefined
  if (place === undefined) throw invalid('cursor must be the nextCursor of an earlier page of this list')
  if (digest !== digestOf(query)) {
    throw invalid('cursor belongs to a page with other parameters; repeat those of that page: only limit may change')
  }
  return { place, asOf: (asOf as number | null) ?? undefined, knownAt: (knownAt as number | null) ?? undefined }
}

const invalid = (detail: string) =>
  new ApiError('INVALID_CURSOR', detail, { parameter: 'cursor', errors: [{ parameter: 'cursor', detail }] })

const changeable = new Set(['cursor', 'limit', 'waitFor', 'timeoutMs'])

function digestOf(query: object): string {
  const parts = Object.entries(query)
    .filter(([name]) => !changeable.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)
}

type Format<Place> = {
  readonly write: (place: Place) => readonly (string | number)[]
  readonly read: (values: readonly unknown[]) => Place | undefined
}

// ClickHouse accepts no NUL in parameters.
const areTexts = (values: readonly unknown[], length: number): values is string[] =>
  values.length === length && values.every((value) => typeof value === 'string' && !value.includes('\0'))

const isTimeOrNull = (value: unknown) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0)

const key: Format<string> = {
  write: (place) => [place],
  read: (values) => (areTexts(values, 1) ? values[0] : undefined),
}

const run: Format<RunPlace> = {
  write: ({ at, jobNamespace, jobName, runId }) => [at, jobNamespace, jobName, runId],
  read: ([at, ...rest]) => {
    if (!Number.isSafeInteger(at) || !areTexts(rest, 3)) return undefined
    const [jobNamespace = '', jobName = '', runId = ''] = rest
    return { at: Number(at), jobNamespace, jobName, runId }
  },
}

const job: Format<JobIdentity> = {
  write: ({ jobNamespace, jobName }) => [jobNamespace, jobName],
  read: (values) => {
    if (!areTexts(values, 2)) return undefined
    const [jobNamespace = '', jobName = ''] = values
    return { jobNamespace, jobName }
  },
}

const formats: { readonly [K in keyof Places]: Format<Places[K]> } = {
  ...{ assets: key, jobs: job, materializations: run, refused: key, runs: run },
}

function decoded(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
