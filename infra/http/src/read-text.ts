/**
 * The body of an answer as text, read at most to `maxBytes`, counted after decompression. Where the body is larger, its connection is closed.
 * The time is bounded by the signal of the request.
 * @throws Error with the limit
 */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new Error(`the answer has more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}
