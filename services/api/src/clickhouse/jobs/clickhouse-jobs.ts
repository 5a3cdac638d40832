import type { JobReader } from '../../catalog/job-reader.ts'
import type { Tables } from '../tables.ts'
import { jobCard } from './job-card.ts'
import { listJobs } from './list-jobs.ts'
import { similarJobs } from './similar-jobs.ts'

export const clickHouseJobs = (tables: Tables): JobReader => ({
  list: (filter) => listJobs(tables, filter),
  card: (job, moment) => jobCard(tables, job, moment),
  similar: (job, limit) => similarJobs(tables, job, limit),
})
