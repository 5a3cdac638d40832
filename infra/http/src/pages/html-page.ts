import { createHash } from 'node:crypto'

const style = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}
code,pre{font:14px/1.4 ui-monospace,monospace}pre{overflow:auto;padding:.75rem 1rem;border:1px solid #8888;border-radius:.25rem}
h2{margin-top:2.5rem;border-top:1px solid #8884;padding-top:1rem}h2 small{font-weight:normal}
:focus-visible{outline:2px solid;outline-offset:2px}
th{text-align:left;font-weight:normal}td,th{padding:.2rem 1rem .2rem 0;vertical-align:top}li{margin:.25rem 0}`

/** No script, frame, form or font runs or loads on a page, and no other page can frame it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy,
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
} as const

/** A self-contained page. `body` is HTML with a `main` element. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head><body>
${body}
</body></html>
`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML, also for attributes in quotes. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character)
