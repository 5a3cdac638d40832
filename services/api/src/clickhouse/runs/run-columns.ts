/** SQL: the columns of RunOutcome, from a folded run or materialization. */
export const runOutcomeColumns = `job_namespace AS jobNamespace, job_name AS jobName, run_id AS runId, toString(state) AS state,
  started_at AS startedAt, ended_at AS endedAt, last_event_at AS lastEventAt, done_by AS by, error`

/** SQL: latest first. */
export const placeOrder = 'placed_at DESC, job_namespace DESC, job_name DESC, run_id DESC'

/** SQL: runs after the place {at}, {jobNamespace}, {jobName}, {runId} in `placeOrder`. */
export const afterPlace = `(toUnixTimestamp64Milli(placed_at), job_namespace, job_name, run_id)
  < ({at:Int64}, {jobNamespace:String}, {jobName:String}, {runId:String})`
