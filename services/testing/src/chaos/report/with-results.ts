const begin = '<!-- results -->'
const end = '<!-- end of results -->'

/** The page with its results, between two marks, replaced; appended where it has no marks. */
export function withResults(page: string, results: string): string {
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)]
  const section = `${begin}\n\n${results.trim()}\n\n${end}`
  if (start < 0 || stop < start) return `${page.trimEnd()}${page.trim() === '' ? '' : '\n\n'}${section}\n`
  return page.slice(0, start) + section + page.slice(stop + end.length)
}
