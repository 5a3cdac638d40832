const needsNoQuotes = /^[\w@%+=:,./-]+$/

/** A text as one word of a POSIX shell, to print a path or a value so that it can be copied: quoted only if it has to be. */
export function shellWord(text: string): string {
  return needsNoQuotes.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
