import { displayWidth } from './display-width.ts'

const segmenter = new Intl.Segmenter()

/** Cuts text to at most `width` columns of a terminal. Leaves out its middle: keys and paths differ most at their ends. */
export function fit(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  if (width <= 1) return '…'.slice(0, Math.max(width, 0))
  const characters = [...segmenter.segment(text)].map(({ segment }) => segment)
  const head = charactersIn(characters, Math.floor((width - 1) / 3)).join('')
  const tail = charactersIn(characters.toReversed(), width - 1 - displayWidth(head))
  return `${head}…${tail.toReversed().join('')}`
}

/** The first characters that take at most `width` columns. */
function charactersIn(characters: readonly string[], width: number): readonly string[] {
  let left = width
  const end = characters.findIndex((character) => {
    left -= displayWidth(character)
    return left < 0
  })
  return end < 0 ? characters : characters.slice(0, end)
}
