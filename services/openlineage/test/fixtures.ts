import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Real events and the specification's examples, beside the repository where a developer has them. */
const folder = join(import.meta.dirname, '../../../../shared/fixtures/openlineage')

export const hasFixtures = existsSync(folder)

/** The JSON files below `path`, as paths of their own. */
export const fixtureFiles = (path: string): readonly string[] =>
  hasFixtures
    ? readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(path, name))
        .sort()
    : []

export const fixture = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))

/** The events of a file of dbt's integration, whose times are templates. */
export const goldenEvents = (path: string): readonly Record<string, unknown>[] =>
  (fixture(path) as Record<string, unknown>[]).map((event) => ({
    ...event,
    eventTime: String(event['eventTime']).startsWith('{{') ? '2024-05-01T12:00:00Z' : event['eventTime'],
  }))
