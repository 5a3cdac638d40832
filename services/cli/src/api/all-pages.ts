type Page = { readonly items: readonly unknown[]; readonly nextCursor: string | null }

/** Every page as one: the first, with the items of all. */
export async function allPages<P extends Page>(ask: (cursor: string | undefined) => Promise<P>): Promise<P> {
  const first = await ask(undefined)
  const items = [...first.items]
  let cursor = first.nextCursor
  while (cursor !== null) {
    const page: P = await ask(cursor)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { ...first, items, nextCursor: null }
}
