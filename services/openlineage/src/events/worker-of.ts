/** The tool that made an event, from the producer's URI: `…/integration/spark` is spark, `github.com/apache/airflow/…` airflow. */
export function workerOf(producer: string): string | null {
  const [, integration] = /\/integration\/([a-z0-9_-]{1,64})/i.exec(producer) ?? []
  if (integration !== undefined) return integration.toLowerCase()
  const [, repository] = /^https?:\/\/(?:www\.)?github\.com\/[^/]+\/([a-z0-9._-]{1,64})/i.exec(producer) ?? []
  return repository?.toLowerCase() ?? null
}
