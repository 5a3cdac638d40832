import type { Edge, EdgeChange, EdgeChoice, RecordedEvent } from '@headwater/lineage'
import type { ReferenceChange, ReferenceGraph } from '@headwater/testing/events'
import { expect } from 'vitest'
import { modeOf } from '../oracle/in-memory-graph.ts'

// Answers of the catalog and of the reference in one flat, sorted form, to compare them.

type Row = { readonly from: string; readonly to: string; readonly jobNamespace: string; readonly jobName: string }

export const edgesOf = (edges: readonly Edge[]) =>
  sorted(edges.flatMap(({ from, to, jobs }) => jobs.map((job) => ({ from, to, ...job }))))

export const referenceEdges = (graph: ReferenceGraph, choice: EdgeChoice) =>
  sorted(graph.edges(modeOf(choice)).map(({ isCurrent, ...edge }) => ({ ...edge, current: isCurrent })))

export const changesOf = (changes: readonly EdgeChange[]) =>
  sorted(
    changes.map(({ run, asset, cause, at, ...edge }) => ({
      ...edge,
      cause: cause === 'dropped' ? { kind: cause, asset, at } : { kind: cause, ...run, at },
    })),
  )

export const referenceChanges = (changes: readonly ReferenceChange[]) => sorted(changes)

function sorted<T extends Row>(rows: readonly T[]): readonly T[] {
  const place = ({ from, to, jobNamespace, jobName }: Row) => JSON.stringify([from, to, jobNamespace, jobName])
  return rows.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
}

/** Fails with the first world whose rows differ, and its records. */
export function expectSameByWorld(
  found: readonly Row[],
  expected: readonly Row[],
  records: readonly RecordedEvent[],
  question: string,
): void {
  const [ours, theirs] = [byWorld(found), byWorld(expected)]
  for (const world of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(world) ?? [], theirs.get(world) ?? []]
    if (JSON.stringify(a) === JSON.stringify(b)) continue
    const events = records
      .filter((record) => JSON.stringify(record.event).includes(`s3://${world}/`))
      .map(({ event, recordedAt }) => JSON.stringify({ recordedAt, ...event }))
    expect(a, `${question} in ${world}:\n${events.join('\n')}`).toEqual(b)
  }
}

function byWorld(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const worlds = new Map<string, Row[]>()
  for (const row of rows) {
    const world = row.to.split('/')[2] ?? ''
    worlds.set(world, [...(worlds.get(world) ?? []), row])
  }
  return worlds
}
