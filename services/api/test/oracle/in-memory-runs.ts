import { compareKeys, jobKey, runKey } from '@headwater/lineage'
import type { RunReader } from '../../src/catalog/run-reader.ts'
import type { TestLog } from './folded-log.ts'
import { byPlace, outcomeOf, pageOfRuns, parsed, runSummaryOf } from './run-answers.ts'

const mostChildren = 100

export const inMemoryRuns = ({ folded }: TestLog): RunReader => ({
  async byId(runId, moment) {
    const { runs } = folded(moment)
    return runs
      .filter((run) => run.runId === runId)
      .sort((a, b) => compareKeys(a.jobNamespace, b.jobNamespace) || compareKeys(a.jobName, b.jobName))
      .map((run) => {
        const children = runs.filter(({ parent }) => parent !== null && runKey(parent) === runKey(run))
        return {
          ...runSummaryOf(run),
          parent: run.parent,
          root: run.root,
          producer: run.producer,
          metadata: parsed(run.metadata),
          inputs: [...run.inputs],
          children: {
            total: children.length,
            items: children.toSorted(byPlace).reverse().slice(0, mostChildren).map(outcomeOf),
          },
        }
      })
  },
  async ofJob({ jobNamespace, jobName, state, moment, after, limit }) {
    const job = jobKey({ jobNamespace, jobName })
    const runs = folded(moment).runs.filter(
      (run) => jobKey(run) === job && (state === undefined || run.state === state),
    )
    return pageOfRuns(runs, after, limit, runSummaryOf)
  },
})
