/** PROVISIONAL */
export const datasetOf = (key: string): { readonly namespace: string; readonly name: string } => {
  const at = key.indexOf('/', key.indexOf('://') + 3)
  return at < 0 ? { namespace: key, name: '/' } : { namespace: key.slice(0, at), name: key.slice(at + 1) }
}
