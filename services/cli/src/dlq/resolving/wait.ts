/** Whether something was there in time, or why that is not known. */
export type Waited = { readonly kind: 'reached' | 'late' } | { readonly kind: 'unknown'; readonly why: string }
