import type { JobIdentity } from '../runs/job-identity.ts'
import type { Moment } from '../time/moment.ts'
import type { EventLog } from './event-log.ts'
import { type Fact, factsOfReport } from './fact.ts'

/** A fact about a job, reported outside its runs. Facets: type, description, owners, tags, lineage, metadata. */
export type JobFact = Fact & JobIdentity

/** The facts about jobs of the events that count at the moment. */
export const foldJobFacts = (log: EventLog, moment: Moment = {}): readonly JobFact[] =>
  log
    .jobEvents(moment)
    .flatMap(({ job, ...event }) =>
      factsOfReport(
        { type: job.type, ...event },
        ['type', 'description', 'owners', 'tags', 'lineage'],
        event.occurredAt,
      ).map((fact) => ({ jobNamespace: job.namespace, jobName: job.name, ...fact })),
    )
