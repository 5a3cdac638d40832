import { nameParameter } from './read-query.ts'

/** One job, by the fields that name it in every answer. */
export const jobParameters = {
  jobNamespace: nameParameter('Namespace of the job', 'shop'),
  jobName: nameParameter('Name of the job', 'load_orders'),
}
