import type { RunState } from '@headwater/schemas'
import type { JobSaid } from '../facts/job-facts.ts'
import type { RunSaid } from '../facts/run-facts.ts'
import { nameText } from '../text/name-text.ts'
import type { RunContent } from './materialization-event.ts'

// A stream never ends, and lineage becomes current with a run that succeeded. Were RUNNING a success of the run itself, a later failure
// would take it back, and the stream's edges with it: within one run a failure wins. So what a stream does is told of two runs: the run
// as the client has it, and its companion `<run id>/refreshes`, which starts with it and succeeds anew with each RUNNING. The stream's
// edges hold from the first RUNNING, its assets are as fresh as the last, and a failure is seen as the state of the run.

/**
 * Whether the event is about a stream. Flink 2 tells the processing type with START alone, and of what is done later only that
 * checkpoints were taken: which of no batch says anything, as its companion has no datasets.
 */
export const isOfStream = (job: JobSaid, run: RunSaid): boolean => job.type?.isStream ?? run.facts.has('checkpoints')

/** What the event says of the companion of a stream's run, if anything. */
export function companionOf(content: RunContent): RunContent | undefined {
  const state = stateOf(content.state)
  if (state === undefined) return undefined
  const { runId, job } = content
  return {
    ...content,
    runId: nameText(`${runId}/refreshes`),
    state,
    parent: { jobNamespace: job.namespace, jobName: job.name, runId },
    error: null,
    metadata: {},
    // Said by the run already; once is enough.
    outputs: content.outputs.map((output) => ({ ...output, schema: null })),
  }
}

function stateOf(state: RunState): RunState | undefined {
  if (state === 'STARTED') return 'STARTED'
  return state === 'RUNNING' || state === 'SUCCEEDED' ? 'SUCCEEDED' : undefined
}
