import stringWidth from 'string-width'

/** Columns that text takes in a terminal: two for CJK and emoji, none for combining characters. */
export const displayWidth = (text: string): number => stringWidth(text)

/** Text with spaces after it, `width` columns wide; unchanged when it is wider. */
export const padToWidth = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)))
