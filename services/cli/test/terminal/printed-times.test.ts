import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../../src', import.meta.url))
const printing = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?:-text|-table|-tree|-evidence|-header)\.ts$/.test(name),
)

/** Times of answers, as their fields are named. */
const time = /\b\w*(?:At|nominalStart|nominalEnd|firstSeen|lastSeen|seenSince|asOf|knownAt)\b/

it.each(printing)('%s prints times only as ages and in UTC, not as the answer has them', (name) => {
  const lines = readFileSync(join(source, name), 'utf8').split('\n')
  const raw = lines.filter((line) => {
    const printed = line.match(/\$\{[^}]*\}|\['[A-Z][\w ]+', .*/g)?.join(' ') ?? ''
    return time.test(printed) && !/formatUtc|utcOf|formatAge|formatDuration|when\(|untilText/.test(printed)
  })
  expect(raw).toEqual([])
})
