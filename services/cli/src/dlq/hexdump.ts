const bytesALine = 16

/** The first `max` bytes in hexadecimal and ASCII, sixteen a line, and the number of bytes left out. */
export function hexdump(bytes: Uint8Array, max: number): readonly string[] {
  const lines: string[] = []
  for (let start = 0; start < Math.min(bytes.length, max); start += bytesALine) {
    const chunk = [...bytes.subarray(start, Math.min(start + bytesALine, max))]
    const hex = chunk.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const ascii = chunk.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${start.toString(16).padStart(6, '0')}  ${hex.padEnd(bytesALine * 3 - 1)}  ${ascii}`)
  }
  const left = bytes.length - max
  return left > 0 ? [...lines, `and ${left} more bytes`] : lines
}
