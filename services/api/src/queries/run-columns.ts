/** Columns of RunOutcome, which tables runs and materializations have in common. */
export const runOutcomeColumns = `job_namespace AS jobNamespace, job_name AS jobName, run_id AS runId, toString(state) AS state,
  started_at AS startedAt, ended_at AS endedAt, last_event_at AS lastEventAt, nullIf(toString(done_by), '') AS by,
  nullIf(error, '') AS error`

/** Latest first. */
export const placeOrder = 'coalesce(ended_at, last_event_at) DESC, job_namespace DESC, job_name DESC, run_id DESC'

/** Runs after the place {at}, {jobNamespace}, {jobName}, {runId} in `placeOrder`. */
export const afterPlace = `(toUnixTimestamp64Milli(coalesce(ended_at, last_event_at)), job_namespace, job_name, run_id)
  < ({at:Int64}, {jobNamespace:String}, {jobName:String}, {runId:String})`
