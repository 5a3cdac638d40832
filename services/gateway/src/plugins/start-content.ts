import type { StartContent } from '@headwater/http'

const event = JSON.stringify({
  type: 'MaterializationEvent',
  job: 'shop/load orders',
  inputs: [{ key: 's3://raw/orders' }],
  outputs: [{ key: 'postgres://shop/db/public/orders' }],
})

/** What the gateway says about itself at `/`. */
export const startContent: StartContent = {
  title: 'Headwater: gateway',
  lead: 'Headwater answers where data assets come from and what depends on them. This is the gateway, which accepts events over HTTP: those of every tool that speaks OpenLineage, and native ones.',
  links: [
    { href: '/docs', text: 'all operations' },
    { href: '/openapi.json', text: 'the same for programs (OpenAPI 3.1)' },
    { href: '/readyz', text: 'whether events can be accepted' },
    { href: '/metrics', text: 'metrics for Prometheus' },
  ],
  examples: (self) => [
    { title: 'Send events from Airflow, Spark, dbt and other tools', command: `export OPENLINEAGE_URL=${self}` },
    { title: 'Send the first event by hand', command: `curl -i ${self}/api/v1/events --data '${event}'` },
  ],
  notes: [
    'Status 201 means that the event is stored; the header Headwater-Position has its position. Where keys are required, add --header "Authorization: Bearer <key>".',
    'Questions go to the read API (port 8080 unless it was changed).',
  ],
}
