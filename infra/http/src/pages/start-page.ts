import { escaped, htmlPage } from './html-page.ts'

export type Link = { readonly href: string; readonly text: string }

/** What a service says about itself at `/`. Everything is plain text. */
export type StartContent = {
  readonly title: string
  readonly lead: string
  readonly links: readonly Link[]
  /** Commands for a terminal, with the headings above them. `self` is the URL of the service as the reader knows it, without slash. */
  readonly examples: (self: string) => readonly { readonly title: string; readonly command: string }[]
  /** Further sentences. */
  readonly notes: readonly string[]
}

/** The first page of a service: what it is, links that work, and commands to try. */
export function startPage({ title, lead, links, examples, notes }: StartContent, self: string): string {
  const entries = links.map(
    ({ href, text }) => `<li><a href="${escaped(href)}">${escaped(href)}</a> ${escaped(text)}</li>`,
  )
  const commands = examples(self).map(
    ({ title: heading, command }) =>
      `<h2>${escaped(heading)}</h2><pre tabindex="0" aria-label="${escaped(heading)}">${escaped(command)}</pre>`,
  )
  return htmlPage(
    title,
    `<header><h1>${escaped(title)}</h1></header>
<main><p>${escaped(lead)}</p>
<nav aria-label="Links"><ul>${entries.join('')}</ul></nav>
${commands.join('\n')}
${notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}</main>`,
  )
}

/** The same for programs. */
export const startDocument = ({ title, lead, links }: StartContent, self: string) => ({
  name: title,
  description: lead,
  links: links.map(({ href, text }) => ({ href: new URL(href, `${self}/`).href, title: text })),
})
