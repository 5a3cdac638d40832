/** The key of an asset that OpenLineage knows by namespace and name. Stands in for the naming rules of @headwater/lineage. */
export function assetKeyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace.replace(/\/+$/, '')}/${name.replace(/^\/+/, '')}`
}
