import { existsSync, readdirSync } from 'node:fs'
import { root } from './source-files.ts'

/** Variables of one service by name; undefined where a variable has no default. */
type Variables = ReadonlyMap<string, string | undefined>

type ConfigModule = {
  readonly configSchema?: { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> }
  readonly loadConfig: (env: Readonly<Record<string, string | undefined>>) => Readonly<Record<string, unknown>>
}

/** The variables that each service with a config.ts reads. Where a config does not export its schema, its defaults are used. */
export async function serviceVariables(): Promise<ReadonlyMap<string, Variables>> {
  const found = new Map<string, Variables>()
  for (const service of readdirSync(`${root}services`)) {
    const file = `${root}services/${service}/src/config.ts`
    if (existsSync(file)) found.set(service, variablesOf((await import(file)) as ConfigModule))
  }
  return found
}

function variablesOf({ configSchema, loadConfig }: ConfigModule): Variables {
  const defaults: [string, unknown][] =
    configSchema === undefined
      ? Object.entries(loadConfig({}))
      : Object.entries(configSchema.properties).map(([name, property]) => [name, property.default])
  const variables = defaults.filter(([name]) => /^[A-Z][A-Z0-9_]*$/.test(name))
  return new Map(variables.map(([name, value]) => [name, value === undefined ? undefined : String(value)]))
}
