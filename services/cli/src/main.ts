import { loadConfig } from './config.ts'
import { runCli } from './run-cli.ts'
import { detachedMark } from './stack/detached-start.ts'

const { env, stdin, stdout, stderr } = process

// A terminal's Ctrl-C reaches every process of the group, and one that started this one may pass it on as well.
const sameAskMs = 1_000
let firstAskAt: number | undefined
const listeners = new Set<(signal: NodeJS.Signals) => void>()
const asked = (signal: NodeJS.Signals) => {
  if (firstAskAt !== undefined && performance.now() - firstAskAt < sameAskMs) return
  if (firstAskAt !== undefined || listeners.size === 0) process.exit(130)
  firstAskAt = performance.now()
  for (const listen of [...listeners]) listen(signal)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked)

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0) // the reader has seen enough, as `head` does
  })
}

const send = env[detachedMark] === undefined ? undefined : process.send?.bind(process)
let isReady = false
if (send !== undefined) {
  process.once('disconnect', () => {
    if (!isReady) asked('SIGTERM') // who waited for the start is gone
  })
}

process.exitCode = await runCli(process.argv.slice(2), {
  env,
  loadConfig: () => loadConfig(env),
  stdin,
  print: (line) => void stdout.write(`${line}\n`),
  write: (bytes) => void stdout.write(bytes),
  note: (line) => void stderr.write(`${line}\n`),
  width: stdout.isTTY ? stdout.columns : undefined,
  colour: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
  now: Date.now,
  script: process.argv[1] ?? '',
  report:
    send &&
    ((message) => {
      if (message.kind === 'ready') isReady = true
      if (process.connected) send(message)
    }),
  exitNow: (code) => process.exit(code),
  onSignal(listen) {
    listeners.add(listen)
    return () => listeners.delete(listen)
  },
})
if (send !== undefined && process.connected) process.disconnect()
