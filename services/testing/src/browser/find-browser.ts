import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The Chromium or Chrome of this machine: that in HEADWATER_BROWSER, an installed one, or Playwright's; undefined without one. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = env['HEADWATER_BROWSER']
  return [...(given ? [given] : usualPlaces), chromium.executablePath()].find((path) => existsSync(path))
}
