/** The environment variables that point OpenLineage producers to the gateway. */
export type ProducerEnvironment = {
  readonly OPENLINEAGE_URL: string
  /** A placeholder for people; absent when the gateway requires no key. */
  readonly OPENLINEAGE_API_KEY?: string
}

const keyPlaceholder = '<a key from: headwater keys create NAME --scope ingest>'

/** A path must end with a slash: clients resolve `api/v1/lineage` against it as browsers do, which drops everything after the last slash. */
export function producerEnvironment(gatewayUrl: string, isGuarded: boolean): ProducerEnvironment {
  const hasPath = new URL(gatewayUrl).pathname !== '/'
  return {
    OPENLINEAGE_URL: hasPath ? `${gatewayUrl}/` : gatewayUrl,
    ...(isGuarded ? { OPENLINEAGE_API_KEY: keyPlaceholder } : {}),
  }
}

/** The variables as lines for people. */
export function environmentText(environment: ProducerEnvironment): readonly string[] {
  const hasPath = environment.OPENLINEAGE_URL.endsWith('/')
  return [
    'To send events from tools that speak OpenLineage, set:',
    ...Object.entries(environment).map(([name, value]) => `  ${name}=${value}`),
    ...(hasPath ? ['  (keep the slash at the end: without it clients drop the last part of the path)'] : []),
  ]
}
