import { maxNameLength } from '@headwater/lineage'
import type { RunReference } from '@headwater/schemas'
import { runIdOf } from '../../read/run-id.ts'
import { nameText } from '../../text/name-text.ts'
import { hasOnly, own, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'

export type Parent = { readonly parent: RunReference; readonly root: RunReference | null }

/** The run that started this one, and the outermost. Facets that are sent along of either are kept. */
export const readParent: FacetReader<Parent> = (facet) => {
  const parent = referenceOf(facet)
  const said = own(facet, 'root')
  const root = referenceOf(said)
  if (parent === undefined) return undefined
  const keep = isBare(facet) && (said === undefined || isBare(said)) ? 'nothing' : 'facet'
  return { value: { parent, root: root ?? null }, keep: said !== undefined && root === undefined ? 'malformed' : keep }
}

function referenceOf(value: unknown): RunReference | undefined {
  const runId = ownText(own(value, 'run'), 'runId')
  const namespace = ownText(own(value, 'job'), 'namespace')
  const name = ownText(own(value, 'job'), 'name')
  if (runId === undefined || namespace === undefined || name === undefined) return undefined
  if (runId.length > maxNameLength) return undefined
  return { jobNamespace: nameText(namespace), jobName: nameText(name), runId: wellFormed(runIdOf(runId)) }
}

const isBare = (value: unknown) =>
  hasOnly(value, ['run', 'job', 'root']) &&
  hasOnly(own(value, 'run'), ['runId']) &&
  hasOnly(own(value, 'job'), ['namespace', 'name'])
