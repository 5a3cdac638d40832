/** Cuts text to at most `width` characters, leaving out its middle: the ends of keys and paths tell most. */
export function fit(text: string, width: number): string {
  const characters = [...text]
  if (characters.length <= width) return text
  if (width <= 1) return '…'.slice(0, Math.max(width, 0))
  const head = Math.floor((width - 1) / 3)
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (width - 1 - head)).join('')}`
}
