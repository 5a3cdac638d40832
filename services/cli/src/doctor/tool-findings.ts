import { installHints, oldestJava, type Prerequisites } from '@headwater/local'
import type { Finding } from './finding.ts'

/** Findings about Java, Maven and Docker. @param runs true when no part on the JVM has to be started */
export function toolFindings({ java, maven, docker }: Prerequisites, runs: boolean): readonly Finding[] {
  const javaIsOk = java !== undefined && java >= oldestJava
  const needed = !runs && !docker
  return [
    {
      name: 'Java',
      ok: javaIsOk,
      needed,
      detail: java === undefined ? 'not found' : `version ${java}`,
      remedy: javaIsOk ? '' : `Install Java ${oldestJava} or newer (${installHints.java})`,
    },
    {
      name: 'Maven',
      ok: maven,
      needed,
      detail: maven ? 'found' : 'not found',
      remedy: maven ? '' : `Install Maven 3.8 or newer (${installHints.maven})`,
    },
    {
      name: 'Docker',
      ok: docker,
      needed: false,
      detail: docker ? 'running' : 'not running',
      remedy: docker || (javaIsOk && maven) ? '' : 'Or install Docker, and run: docker compose up',
    },
  ]
}
