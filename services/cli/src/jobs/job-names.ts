/** The jobs that `namespace/name` may identify: both parts may contain slashes, namespaces more often. */
export function jobNames(text: string): readonly { readonly jobNamespace: string; readonly jobName: string }[] {
  return [...text.matchAll(/\//g)]
    .map(({ index }) => ({ jobNamespace: text.slice(0, index), jobName: text.slice(index + 1) }))
    .filter(({ jobNamespace, jobName }) => jobNamespace !== '' && jobName !== '')
    .reverse()
}
