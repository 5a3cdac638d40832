import { Type } from 'typebox'
import { count } from './schema.ts'

export const runCounts = (description: string) =>
  Type.Object(
    {
      UNKNOWN: count('Runs of no known state'),
      STARTED: count('Started runs'),
      RUNNING: count('Running runs'),
      SUCCEEDED: count('Successful runs'),
      ABORTED: count('Aborted runs'),
      FAILED: count('Failed runs'),
    },
    { description },
  )
