/** One bar or point of a chart. */
export type Mark = { readonly label: string; readonly value: number }

const width = 720
const height = 220

export const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

const svg = (title: string, marks: string) =>
  `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${width} ${height + 20}" role="img" aria-label="${escaped(title)}">${marks}</svg></figure>`

const highest = (marks: readonly Mark[]) => Math.max(...marks.map(({ value }) => value), Number.EPSILON)

/** Bars from zero, labelled with their value. */
export function barChart(title: string, marks: readonly Mark[], shown: (value: number) => string): string {
  const step = width / marks.length
  const top = highest(marks)
  const bars = marks.map(({ label, value }, index) => {
    const tall = (Math.max(0, value) / top) * (height - 20)
    const middle = (index + 0.5) * step
    return `<rect x="${index * step + 3}" y="${height - tall}" width="${step - 6}" height="${tall}"/>
<text x="${middle}" y="${height - tall - 4}">${shown(value)}</text><text x="${middle}" y="${height + 14}">${escaped(label)}</text>`
  })
  return svg(title, bars.join('\n'))
}

/** A line from zero; the first, the highest and the last mark are labelled. */
export function lineChart(title: string, marks: readonly Mark[], shown: (value: number) => string): string {
  const top = highest(marks)
  const at = ({ value }: Mark, index: number) => ({
    x: 30 + (index / (marks.length - 1)) * (width - 60),
    y: height - (Math.max(0, value) / top) * (height - 20),
  })
  const points = marks.map(at)
  const peak = marks.findIndex(({ value }) => value === top)
  const labels = [0, peak, marks.length - 1].map((index) => {
    const [mark, point] = [marks[index], points[index]]
    if (mark === undefined || point === undefined) return ''
    const value = index === peak ? `<text x="${point.x}" y="${point.y - 4}">${shown(mark.value)}</text>` : ''
    return `${value}<text x="${point.x}" y="${height + 14}">${escaped(mark.label)}</text>`
  })
  return svg(title, `<polyline points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}"/>${labels.join('')}`)
}
