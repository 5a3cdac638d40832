import { maxNameLength } from '@headwater/lineage'
import type { RunReference } from '@headwater/schemas'
import { nameText } from '../../text/name-text.ts'
import { hasOnly, ownProperty, ownText } from '../../text/own-properties.ts'
import { comparableRunId } from '../../text/uuid.ts'
import { wellFormed } from '../../text/well-formed.ts'
import type { FacetReader } from '../facet-set.ts'

export type Parent = { readonly parent: RunReference; readonly root: RunReference | null }

/** The run that started this one, and the outermost run. The facet is kept where it has more than the two references. */
export const readParent: FacetReader<Parent> = (facet) => {
  const parent = referenceOf(facet)
  const given = ownProperty(facet, 'root')
  const root = referenceOf(given)
  if (parent === undefined) return undefined
  const keep = isBare(facet) && (given === undefined || isBare(given)) ? 'nothing' : 'facet'
  return { value: { parent, root: root ?? null }, keep: given !== undefined && root === undefined ? 'malformed' : keep }
}

function referenceOf(value: unknown): RunReference | undefined {
  const runId = ownText(ownProperty(value, 'run'), 'runId')
  const namespace = ownText(ownProperty(value, 'job'), 'namespace')
  const name = ownText(ownProperty(value, 'job'), 'name')
  if (runId === undefined || namespace === undefined || name === undefined) return undefined
  if (runId.length > maxNameLength) return undefined
  return { jobNamespace: nameText(namespace), jobName: nameText(name), runId: wellFormed(comparableRunId(runId)) }
}

const isBare = (value: unknown) =>
  hasOnly(value, ['run', 'job', 'root']) &&
  hasOnly(ownProperty(value, 'run'), ['runId']) &&
  hasOnly(ownProperty(value, 'job'), ['namespace', 'name'])
