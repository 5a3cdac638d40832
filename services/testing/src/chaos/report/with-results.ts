const begin = '<!-- results -->'
const end = '<!-- end of results -->'

/** The page with other results between its marks; at its end where it has none. */
export function withResults(page: string, results: string): string {
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)]
  const section = `${begin}\n\n${results.trim()}\n\n${end}`
  if (start < 0 || stop < start) return `${page.trimEnd()}${page.trim() === '' ? '' : '\n\n'}${section}\n`
  return page.slice(0, start) + section + page.slice(stop + end.length)
}
