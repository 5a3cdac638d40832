import { findPrerequisites } from '@headwater/local'
import { exitCodes } from '../cli-error.ts'
import { type CliConfig, repositoryRoot } from '../config.ts'
import type { Context } from '../context.ts'
import { findAddresses, findApiUrl, findGatewayUrl } from '../stack/find-addresses.ts'
import { findStack } from '../stack/running-stack.ts'
import { projectorReadyUrl } from '../stack/stack-services.ts'
import { createStyle } from '../terminal/style.ts'
import { findAccess } from './access-findings.ts'
import { findCompleteness } from './completeness-findings.ts'
import { type Finding, verdictOf } from './finding.ts'
import { findParts } from './part-findings.ts'
import { environmentText, producerEnvironment } from './producer-environment.ts'
import { toolFindings } from './tool-findings.ts'
import { findTopics } from './topic-findings.ts'

/** Checks everything that Headwater needs and shows how to fix what fails; fails when something needed is down. */
export async function doctor(context: Context, config: CliConfig, json: boolean): Promise<number> {
  const found = await findStack(config.HEADWATER_HOME)
  const metrics = found?.state.urls['metrics']
  const elsewhere = config.KAFKA_BROKERS !== undefined && config.SCHEMA_REGISTRY_URL !== undefined
  const [tools, addresses, apiUrl, gatewayUrl] = await Promise.all([
    findPrerequisites({ ...context.env }),
    findAddresses(config),
    findApiUrl(config),
    findGatewayUrl(config),
  ])
  const projectorUrl = metrics === undefined ? projectorReadyUrl(config) : new URL('/readyz', metrics).href
  const [parts, access, topics, completeness] = await Promise.all([
    findParts({ ...addresses, projectorUrl, apiUrl, gatewayUrl }, config),
    findAccess(apiUrl, gatewayUrl, config.HEADWATER_API_KEY),
    findTopics(addresses.kafkaBrokers, config),
    findCompleteness(apiUrl, config.HEADWATER_API_KEY),
  ])
  const findings =
    repositoryRoot === undefined
      ? [...neededAlone(parts, config), ...topics, ...completeness, ...access.findings]
      : [
          ...toolFindings(tools, found !== undefined || elsewhere),
          ...parts,
          ...topics,
          ...completeness,
          ...access.findings,
        ]
  const ok = findings.every((finding) => finding.ok || !finding.needed)
  const producers =
    access.isGatewayGuarded === undefined ? undefined : producerEnvironment(gatewayUrl, access.isGatewayGuarded)
  if (json) context.print(JSON.stringify({ ok, findings, producers: producers ?? null }))
  else {
    printFindings(context, findings)
    for (const line of producers === undefined ? [] : environmentText(producers)) context.print(line)
    context.print(verdictOf(findings))
  }
  return ok ? exitCodes.ok : exitCodes.failing
}

/** A command line that was installed alone needs the API, and the parts that its environment names. */
function neededAlone(parts: readonly Finding[], config: CliConfig): readonly Finding[] {
  const named = {
    Kafka: config.KAFKA_BROKERS,
    Registry: config.SCHEMA_REGISTRY_URL,
    ClickHouse: config.CLICKHOUSE_URL,
    Gateway: config.GATEWAY_URL,
    API: 'always',
  }
  return parts.map((part) => ({
    ...part,
    needed: Object.entries(named).some(([name, value]) => name === part.name && value !== undefined),
  }))
}

function printFindings(context: Context, findings: readonly Finding[]): void {
  const style = createStyle(context.colour)
  for (const { name, ok, needed, detail, remedy } of findings) {
    const sign = ok ? style.green('✓') : needed ? style.red('✗') : style.dim('-')
    context.print(`${sign} ${name.padEnd(12)}${ok ? 'ok, ' : ''}${detail}`)
    if (remedy !== '' && !ok) context.print(`  ${' '.repeat(11)}${style.dim(remedy)}`)
  }
}
