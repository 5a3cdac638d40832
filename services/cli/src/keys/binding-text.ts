import type { KeyRecord } from '@headwater/access/keys'

/** What a key is bound to, e.g. `jobs in airflow; assets under s3://raw`; empty for a key that is not bound. */
export const bindingText = ({ namespaces, prefixes }: KeyRecord): string =>
  [
    ...(namespaces === undefined ? [] : [`jobs in ${namespaces.join(', ')}`]),
    ...(prefixes === undefined ? [] : [`assets under ${prefixes.join(', ')}`]),
  ].join('; ')
