/** Variables by which tools that speak OpenLineage find the gateway. */
export type ProducerEnvironment = {
  readonly OPENLINEAGE_URL: string
  /** What to set it to, for people; absent where nobody is asked for a key. */
  readonly OPENLINEAGE_API_KEY?: string
}

const makeKey = '<a key from: headwater keys create NAME --scope ingest>'

/** A path must end with a slash: clients join `api/v1/lineage` to it as browsers do, and drop what follows its last slash. */
export function producerEnvironment(gatewayUrl: string, isGuarded: boolean): ProducerEnvironment {
  const hasPath = new URL(gatewayUrl).pathname !== '/'
  return {
    OPENLINEAGE_URL: hasPath ? `${gatewayUrl}/` : gatewayUrl,
    ...(isGuarded ? { OPENLINEAGE_API_KEY: makeKey } : {}),
  }
}

/** The same as lines to be shown. */
export function environmentText(environment: ProducerEnvironment): readonly string[] {
  const hasPath = environment.OPENLINEAGE_URL.endsWith('/')
  return [
    'Tools that speak OpenLineage send their events with:',
    ...Object.entries(environment).map(([name, value]) => `  ${name}=${value}`),
    ...(hasPath ? ['  (the slash at its end matters: without it clients drop the last part of the path)'] : []),
  ]
}
