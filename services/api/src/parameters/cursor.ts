import type { JobIdentity } from '@headwater/lineage'
import type { RunPlace } from '../catalog/page.ts'
import { ApiError } from '../errors.ts'

// A cursor names the last item of a page, not a number of items: a page stays right when items are inserted before it.

type Places = { assets: string; runs: RunPlace; jobs: JobIdentity; refused: string }

/** Opaque text for a place in a list. */
export function formatCursor<K extends keyof Places>(list: K, place: Places[K] | null): string | null {
  return place === null ? null : Buffer.from(JSON.stringify([list, ...parts[list].write(place)])).toString('base64url')
}

/** @throws ApiError INVALID_CURSOR when it was not made by `formatCursor` for this list */
export function parseCursor<K extends keyof Places>(list: K, cursor: string | undefined): Places[K] | undefined {
  if (cursor === undefined) return undefined
  const [name, ...values] = decoded(cursor)
  const place = name === list ? parts[list].read(values) : undefined
  if (place !== undefined) return place
  throw new ApiError('INVALID_CURSOR', 'cursor must be the nextCursor of an earlier page of this list', {
    parameter: 'cursor',
  })
}

type Part<Place> = {
  readonly write: (place: Place) => readonly (string | number)[]
  readonly read: (values: readonly unknown[]) => Place | undefined
}

// Without NUL, which ClickHouse takes in no parameter.
const areTexts = (values: readonly unknown[], length: number): values is string[] =>
  values.length === length && values.every((value) => typeof value === 'string' && !value.includes('\0'))

const parts: { readonly [K in keyof Places]: Part<Places[K]> } = {
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
