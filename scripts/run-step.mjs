import { spawn } from 'node:child_process'
import { join } from 'node:path'

/**
 * Runs a script with Node, in the folder `root`.
 * @param options `isQuiet` collects its output instead of printing it; `onMessage` receives what it sends by IPC; `nodeOptions`
 * go to Node
 * @returns its exit code, 1 where a signal ended it, and what it wrote
 */
export function runStep(root, script, args, { isQuiet = false, onMessage, env = process.env, nodeOptions = [] } = {}) {
  const output = isQuiet ? 'pipe' : 'inherit'
  const child = spawn(process.execPath, [...nodeOptions, join(root, script), ...args], {
    cwd: root,
    env,
    stdio: ['inherit', output, output, ...(onMessage === undefined ? [] : ['ipc'])],
  })
  if (onMessage !== undefined) child.on('message', onMessage)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (text += part))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, text }))
  })
}
