import { type Browser, chromium } from 'playwright-core'

export type { Page } from 'playwright-core'

import { findBrowser } from './find-browser.ts'

/** What a browser asks of the internet by itself. */
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']

/** Newer Chromium asks the user before a page reaches this machine; Firefox, Safari and pages of this machine reach it unasked. */
const withoutPrompt = '--disable-features=LocalNetworkAccessChecks'

/**
 * A real Chromium without a window.
 * @param hosts names that resolve to this machine, as those of a page that rebinds its name do
 * @throws Error naming the command that installs a browser, where none is found
 */
export async function launchBrowser(hosts: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined) {
    throw new Error('No Chromium found: node scripts/install-browser.mjs, or set HEADWATER_BROWSER to its path')
  }
  const names = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ')
  const isRoot = process.getuid?.() === 0
  const args = [...quiet, withoutPrompt, ...(names === '' ? [] : [`--host-resolver-rules=${names}`])]
  return chromium.launch({ executablePath, args, chromiumSandbox: !isRoot })
}
