type Page = { readonly items: readonly unknown[]; readonly nextCursor: string | null }

/** Fetches every page. @returns the first, with the items of all */
export async function allPages<P extends Page>(pageAt: (cursor: string | undefined) => Promise<P>): Promise<P> {
  const first = await pageAt(undefined)
  const items = [...first.items]
  let cursor = first.nextCursor
  while (cursor !== null) {
    const page: P = await pageAt(cursor)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { ...first, items, nextCursor: null }
}
