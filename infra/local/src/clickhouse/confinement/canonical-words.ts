/** A word, name, text or sign of a statement. */
export type CanonicalWord = {
  readonly kind: 'word' | 'text' | 'sign'
  /** Of a word or quoted name without its quotes. */
  readonly text: string
}

const shape = /\s+|('(?:[^'\\]|\\[\s\S])*')|`((?:[^`\\]|\\[\s\S])*)`|([\p{L}\p{N}_]+)|([\s\S])/uy

/** The words of a statement as the engine prints it: no comments, no other quotes than '...' and `...`. */
export function canonicalWords(sql: string): readonly CanonicalWord[] {
  const words: CanonicalWord[] = []
  shape.lastIndex = 0
  for (let match = shape.exec(sql); match !== null && match[0] !== ''; match = shape.exec(sql)) {
    const [, text, name, word, sign] = match
    if (text !== undefined) words.push({ kind: 'text', text })
    else if (name !== undefined || word !== undefined) words.push({ kind: 'word', text: name ?? word ?? '' })
    else if (sign !== undefined) words.push({ kind: 'sign', text: sign })
  }
  return words
}

export const isWord = (word: CanonicalWord | undefined, text: string): boolean =>
  word?.kind === 'word' && word.text.toUpperCase() === text

export const isSign = (word: CanonicalWord | undefined, text: string): boolean =>
  word?.kind === 'sign' && word.text === text
