/** Prefixes each line with the time since this call, as minutes and seconds. */
export function sinceStart(say: (line: string) => void, now = () => performance.now()): (line: string) => void {
  const startedAt = now()
  return (line) => {
    const seconds = Math.floor((now() - startedAt) / 1_000)
    say(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}  ${line}`)
  }
}
