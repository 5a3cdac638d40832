import { styleText } from 'node:util'

type Paint = (text: string) => string

/** Colours for a terminal; each is the identity without colour. */
export type Style = {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
}

export function createStyle(colour: boolean): Style {
  const paint =
    (format: keyof Style): Paint =>
    (text) =>
      colour && text !== '' ? styleText(format, text, { validateStream: false }) : text
  return { bold: paint('bold'), dim: paint('dim'), red: paint('red'), green: paint('green'), yellow: paint('yellow') }
}
