import type { JobIdentity } from '@headwater/lineage'
import type { RunPlace } from '../catalog/page.ts'
import { ApiError } from '../errors.ts'

// A cursor names the last item of a page instead of counting items, so insertions do not shift the next page.

type Places = { assets: string; runs: RunPlace; jobs: JobIdentity; refused: string }

/** A place in a list as opaque text; null for null. */
export function formatCursor<K extends keyof Places>(list: K, place: Places[K] | null): string | null {
  return place === null
    ? null
    : Buffer.from(JSON.stringify([list, ...formats[list].write(place)])).toString('base64url')
}

/** The inverse of `formatCursor`. @throws ApiError INVALID_CURSOR for a cursor of another list, or one that `formatCursor` did not make */
export function parseCursor<K extends keyof Places>(list: K, cursor: string | undefined): Places[K] | undefined {
  if (cursor === undefined) return undefined
  const [name, ...values] = decoded(cursor)
  const place = name === list ? formats[list].read(values) : undefined
  if (place !== undefined) return place
  throw new ApiError('INVALID_CURSOR', 'cursor must be the nextCursor of an earlier page of this list', {
    parameter: 'cursor',
  })
}

type Format<Place> = {
  readonly write: (place: Place) => readonly (string | number)[]
  readonly read: (values: readonly unknown[]) => Place | undefined
}

// ClickHouse accepts no NUL in parameters.
const areTexts = (values: readonly unknown[], length: number): values is string[] =>
  values.length === length && values.every((value) => typeof value === 'string' && !value.includes('\0'))

const formats: { readonly [K in keyof Places]: Format<Places[K]> } = {
  refused: {
    write: (place) => [place],
    read: (values) => (areTexts(values, 1) ? values[0] : undefined),
  },
  assets: {
    write: (key) => [key],
    read: (values) => (areTexts(values, 1) ? values[0] : undefined),
  },
  runs: {
    write: ({ at, jobNamespace, jobName, runId }) => [at, jobNamespace, jobName, runId],
    read: ([at, ...rest]) => {
      if (!Number.isSafeInteger(at) || !areTexts(rest, 3)) return undefined
      const [jobNamespace = '', jobName = '', runId = ''] = rest
      return { at: Number(at), jobNamespace, jobName, runId }
    },
  },
  jobs: {
    write: ({ jobNamespace, jobName }) => [jobNamespace, jobName],
    read: (values) => {
      if (!areTexts(values, 2)) return undefined
      const [jobNamespace = '', jobName = ''] = values
      return { jobNamespace, jobName }
    },
  },
}

function decoded(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
