import { styleText } from 'node:util'
import { onStopSignal } from '@headwater/config/stop-signals'
import { detachedVariable } from './context.ts'
import { runCli } from './run-cli.ts'

const { env, stdin, stdout, stderr } = process

const listeners = new Set<(signal: NodeJS.Signals) => void>()
const stop = onStopSignal((signal) => {
  if (listeners.size === 0) process.exit(130)
  for (const listen of [...listeners]) listen(signal)
})

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0) // the reader closed the pipe, as `head` does
  })
}

const send = env[detachedVariable] === undefined ? undefined : process.send?.bind(process)
let isReady = false
if (send !== undefined) {
  process.once('disconnect', () => {
    if (!isReady) stop('SIGTERM') // the process that waits for the start has ended
  })
}

// Where a server closes connections at once, fetch of Node.js 20 waits for nothing but its deadline, which keeps no process alive.
const alive = setInterval(() => undefined, 60_000)
process.exitCode = await runCli(process.argv.slice(2), {
  env,
  loadConfig: async () => (await import('./config.ts')).loadConfig(env),
  stdin,
  print: (line) => void stdout.write(`${line}\n`),
  write: (bytes) => void stdout.write(bytes),
  note: (line) => void stderr.write(`${line}\n`),
  width: stdout.isTTY ? stdout.columns : undefined,
  colour: styleText('bold', 'x', { stream: stdout }) !== 'x', // by NO_COLOR, FORCE_COLOR and the terminal
  now: Date.now,
  script: process.argv[1] ?? '',
  report:
    send &&
    ((message) => {
      if (message.kind === 'ready' || message.kind === 'found') isReady = true
      if (process.connected) send(message)
    }),
  exitNow: (code) => process.exit(code),
  onSignal(listen) {
    listeners.add(listen)
    return () => listeners.delete(listen)
  },
})
clearInterval(alive)
if (send !== undefined && process.connected) process.disconnect()
