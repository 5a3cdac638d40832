/** The jobs that `namespace/name` may identify: both parts may contain slashes, namespaces more often. */
export function jobNames(text: string): readonly { readonly namespace: string; readonly name: string }[] {
  return [...text.matchAll(/\//g)]
    .map(({ index }) => ({ namespace: text.slice(0, index), name: text.slice(index + 1) }))
    .filter(({ namespace, name }) => namespace !== '' && name !== '')
    .reverse()
}
