import { spawn } from 'node:child_process'

// Runs the command given as arguments and ends it when the supervisor that started this process is gone, however that ended:
// the channel to it closes then. Tells the supervisor the command's process id.

const [command, ...args] = process.argv.slice(2)
const killAfterMs = 5_000
const child = spawn(command ?? '', args, { stdio: ['ignore', 'inherit', 'inherit'] })
child.once('spawn', () => process.send?.({ pid: child.pid }))
child.once('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(127)
})
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))

function end(): void {
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), killAfterMs)
}
process.once('disconnect', end)
process.once('SIGTERM', end)
process.on('SIGINT', () => undefined) // a terminal's Ctrl-C reaches the whole group; the supervisor decides
