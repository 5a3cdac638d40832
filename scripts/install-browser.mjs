#!/usr/bin/env node
// Installs a Chromium for the tests that need a real browser, unless there is one: Debian's package where this is root on Debian, else
// Playwright's. Runs after the build.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** If the installation fails it prints the reason, and the tests that need a browser fail. */
export async function installBrowser() {
  const found = join(root, 'services', 'testing', 'dist', 'browser', 'find-browser.js')
  const { findBrowser } = await import(pathToFileURL(found).href)
  if (findBrowser() !== undefined) return
  process.stdout.write('Installing Chromium for the tests in a browser (a minute) ...\n')
  const isDebianRoot = process.getuid?.() === 0 && succeeds('apt-get', '--version')
  if (isDebianRoot && (installsPackage() || (succeeds('apt-get', 'update', '--quiet') && installsPackage()))) return
  const playwright = join(root, 'node_modules', 'playwright-core', 'cli.js')
  if (succeeds(process.execPath, playwright, 'install', 'chromium')) return
  process.stderr.write('Chromium could not be installed; install it, or set HEADWATER_BROWSER to the path of one\n')
  process.exitCode = 1
}

const installsPackage = () => succeeds('apt-get', 'install', '--yes', '--quiet', '--no-install-recommends', 'chromium')

function succeeds(command, ...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) process.stderr.write(`${command} ${args.join(' ')}: ${error?.message ?? stderr}\n`)
  return status === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installBrowser()
