const specification = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs'

/** References to OpenLineage's definitions of its three event types. */
export const openLineageSpecification = ['RunEvent', 'JobEvent', 'DatasetEvent'].map((name) => ({
  $ref: `${specification}/${name}`,
}))
