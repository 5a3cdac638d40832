/** As ClickHouse names the media types of its formats, by their families. */
export function contentTypeOf(format: string): string {
  if (/^JSON(?:Strings|Columns|Compact|CompactStrings)?$/i.test(format)) return 'application/json; charset=UTF-8'
  if (/EachRow$/i.test(format)) return 'application/x-ndjson; charset=UTF-8'
  return /Binary|Native|Parquet|Arrow|ORC/i.test(format) ? 'application/octet-stream' : 'text/plain; charset=UTF-8'
}
