import type { StartContent } from '@headwater/http'

/** What the read API says about itself at `/`. */
export const startContent: StartContent = {
  title: 'Headwater: read API',
  lead: 'Headwater answers where data assets come from, what depends on them, and whether they are healthy, from what actually ran. This is the read API; it answers JSON.',
  links: [
    { href: '/docs', text: 'all questions, with their parameters' },
    { href: '/openapi.json', text: 'the same for programs (OpenAPI 3.1)' },
    { href: '/api/v1/assets?limit=20', text: 'the first assets of the catalog' },
    { href: '/api/v1/jobs?limit=20', text: 'the first jobs' },
    { href: '/readyz', text: 'whether questions can be answered' },
    { href: '/metrics', text: 'metrics for Prometheus' },
  ],
  examples: (self) => [
    { title: 'List assets', command: `curl '${self}/api/v1/assets?limit=5'` },
    {
      title: 'Where an asset comes from, and what depends on it',
      command: `curl --get ${self}/api/v1/lineage --data-urlencode 'key=s3://bucket/path' --data-urlencode 'depth=3'`,
    },
  ],
  notes: [
    'Events go to the gateway (port 8090 unless it was changed), whose first page shows how to send one.',
    'On the command line: headwater assets, headwater lineage and headwater why ask the same questions.',
  ],
}
