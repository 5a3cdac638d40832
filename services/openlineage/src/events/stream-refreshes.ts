import type { RunState } from '@headwater/schemas'
import type { JobFacts } from '../facts/job-facts.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { nameText } from '../text/name-text.ts'
import type { RunContent } from './materialization-event.ts'

// A stream has no end, and edges become current when a run succeeds. Were RUNNING a success of the run itself, a later failure would
// remove the edges again: within one run a failure wins. So a stream is recorded as two runs: the run that the client reports, and a
// companion `<run id>/refreshes` that starts with it and succeeds with each RUNNING. The edges are current from the first RUNNING on,
// the freshness of the outputs follows the latest RUNNING, and a failure shows as the state of the client's run.

/**
 * True for an event about a stream. Flink 2 sends the processing type with START only and checkpoints with the events after it, so
 * checkpoints count too: no batch job has them, and an event without datasets adds no edges.
 */
export const isStream = (job: JobFacts, run: RunFacts): boolean => job.type?.isStream ?? run.metadata.has('checkpoints')

/** The event about the companion of a stream's run; undefined for a state that the companion does not have. */
export function refreshesOf(content: RunContent): RunContent | undefined {
  const state = companionState(content.state)
  if (state === undefined) return undefined
  const { runId, job } = content
  return {
    ...content,
    runId: nameText(`${runId}/refreshes`),
    state,
    parent: { jobNamespace: job.namespace, jobName: job.name, runId },
    error: null,
    metadata: {},
    // The event about the run has the schemas already.
    outputs: content.outputs.map((output) => ({ ...output, schema: null })),
  }
}

function companionState(state: RunState): RunState | undefined {
  if (state === 'STARTED') return 'STARTED'
  return state === 'RUNNING' || state === 'SUCCEEDED' ? 'SUCCEEDED' : undefined
}
