/** What identifies a job. */
export type JobIdentity = { readonly jobNamespace: string; readonly jobName: string }

/** The identity as one text, for maps and sets. */
export const jobKey = ({ jobNamespace, jobName }: JobIdentity): string => JSON.stringify([jobNamespace, jobName])
