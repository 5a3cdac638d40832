const bytesALine = 16

/** The first bytes as hexadecimal and ASCII, sixteen a line, and how many are left out. */
export function hexdump(bytes: Uint8Array, most: number): readonly string[] {
  const lines: string[] = []
  for (let start = 0; start < Math.min(bytes.length, most); start += bytesALine) {
    const some = [...bytes.subarray(start, Math.min(start + bytesALine, most))]
    const hex = some.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const ascii = some.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${start.toString(16).padStart(6, '0')}  ${hex.padEnd(bytesALine * 3 - 1)}  ${ascii}`)
  }
  const left = bytes.length - most
  return left > 0 ? [...lines, `and ${left} bytes more`] : lines
}
