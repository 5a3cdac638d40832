const specification = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs'

/** Where OpenLineage defines its three events. */
export const openLineageSpecification = ['RunEvent', 'JobEvent', 'DatasetEvent'].map((name) => ({
  $ref: `${specification}/${name}`,
}))
