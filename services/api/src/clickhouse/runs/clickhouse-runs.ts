import { compareKeys, type Moment } from '@headwater/lineage'
import type { RunReader } from '../../catalog/run-reader.ts'
import type { Run } from '../../contract/index.ts'
import { assetSets } from '../edges/asset-sets.ts'
import { mergedObjects } from '../fact-values.ts'
import { canonicalKeys } from '../key-scope.ts'
import { pageOf, placeOfRun } from '../page-of-rows.ts'
import type { Tables } from '../tables.ts'
import { type ChildRunRow, childRuns } from './child-runs.ts'
import { type RunRow, runsById, runsOfJob } from './run-rows.ts'

const shownChildren = 100

export const clickHouseRuns = (tables: Tables): RunReader => ({
  byId: (runId, moment) => runsWithId(tables, runId, moment),
  async ofJob({ limit, ...filter }) {
    const rows = await runsOfJob(tables, { ...filter, limit: limit + 1 })
    return pageOf(rows, limit, (row) => withCanonicalOutputs(row, tables), placeOfRun)
  },
})

async function runsWithId(tables: Tables, runId: string, moment: Moment): Promise<readonly Run[]> {
  const [rows, children] = await Promise.all([
    runsById(tables, runId, moment),
    childRuns(tables, runId, shownChildren, moment),
  ])
  const sets = await assetSets(tables, [...new Set(rows.flatMap((row) => row.inputSets))])
  return rows.map((row) => {
    const inputs = [...new Set(row.inputSets.flatMap((setId) => sets.of(setId)))].sort()
    return runOf(withCanonicalOutputs(row, tables), inputs, childrenOf(row, children))
  })
}

function childrenOf({ jobNamespace, jobName }: RunRow, children: readonly ChildRunRow[]): Run['children'] {
  const own = children.filter((child) => child.parentJobNamespace === jobNamespace && child.parentJobName === jobName)
  return {
    total: own[0]?.siblings ?? 0,
    items: own.map(({ parentJobNamespace: _, parentJobName: __, siblings: ___, ...child }) => child),
  }
}

function runOf({ inputSets: _, ...row }: RunRow, inputs: string[], children: Run['children']): Run {
  const { parentJobNamespace, parentJobName, parentRunId, rootJobNamespace, rootJobName, rootRunId, ...run } = row
  return {
    ...run,
    metadata: mergedObjects(row.metadata),
    inputs,
    parent: reference(parentJobNamespace, parentJobName, parentRunId),
    root: reference(rootJobNamespace, rootJobName, rootRunId),
    children,
  }
}

const reference = (jobNamespace: string, jobName: string, runId: string) =>
  runId === '' ? null : { jobNamespace, jobName, runId }

const withCanonicalOutputs = <Row extends { readonly outputs: readonly string[] }>(row: Row, { aliases }: Tables) =>
  aliases.isEmpty
    ? { ...row, outputs: row.outputs.slice() }
    : { ...row, outputs: canonicalKeys(aliases, row.outputs).sort(compareKeys) }
