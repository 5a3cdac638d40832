import { readFileSync } from 'node:fs'

/** Files of events in test/fixtures; the README there names the client of each. */
export const recordedFiles = [
  'airflow',
  'dagster',
  'dbt-artifacts',
  'dbt-structured-logs',
  'flink',
  'python-client-facets',
  'spark',
] as const

const folder = new URL('../fixtures/', import.meta.url)

/** The events of a file, in the order sent. */
export const recordedEvents = (file: (typeof recordedFiles)[number]): readonly Record<string, unknown>[] =>
  readFileSync(new URL(`${file}.ndjson`, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** An excerpt of the manifest of the dbt project whose runs were recorded. */
export const dbtManifest = (): unknown => JSON.parse(readFileSync(new URL('dbt-manifest.json', folder), 'utf8'))
