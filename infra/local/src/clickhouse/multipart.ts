/**
 * The fields of a multipart/form-data body by name, as text. Files count as fields.
 * @throws RangeError when the body does not follow RFC 7578
 */
export function multipartFields(body: Buffer, contentType: string): ReadonlyMap<string, string> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (boundary === undefined) throw new RangeError('A multipart body needs a boundary')
  const delimiter = Buffer.from(`--${boundary}`)
  const fields = new Map<string, string>()
  for (let at = body.indexOf(delimiter); at >= 0; ) {
    const start = at + delimiter.length
    if (body.subarray(start, start + 2).toString() === '--') return fields
    const next = body.indexOf(delimiter, start)
    const headEnd = body.indexOf('\r\n\r\n', start)
    if (next < 0 || headEnd < 0 || headEnd > next) break
    const name = /name="([^"]*)"/i.exec(body.subarray(start, headEnd).toString())?.[1]
    if (name !== undefined) fields.set(name, body.subarray(headEnd + 4, next - 2).toString())
    at = next
  }
  throw new RangeError('A multipart body ends before its last boundary')
}
