/** Which events count; a time that is left out lets all of them. Epoch milliseconds. */
export type QuestionMoment = { readonly asOf?: number; readonly knownAt?: number }

export type QuestionEdges = 'current' | 'ever' | { readonly seenWithinMs: number }

type Walk = { readonly direction: 'upstream' | 'downstream' | 'both'; readonly depth: number }

/** A question about one moment. */
export type MomentQuestion = { readonly moment: QuestionMoment } & (
  | ({ readonly kind: 'lineage'; readonly root: string; readonly edges: QuestionEdges } & Walk)
  | {
      readonly kind: 'paths'
      readonly from: string
      readonly to: string
      readonly limit: number
      readonly edges: QuestionEdges
    }
  | { readonly kind: 'card'; readonly key: string }
  | { readonly kind: 'materializations'; readonly key: string }
)

export type QuestionSpan = { readonly from: number; readonly to: number; readonly knownAt?: number }

/** A question about what changed between two moments, everywhere or around an asset. */
export type DiffQuestion = { readonly kind: 'diff'; readonly span: QuestionSpan; readonly key: string | null } & Walk

export type Question = MomentQuestion | DiffQuestion

/** Questions that one fold of the log, or one pair of folds, answers. */
export type QuestionGroup =
  | { readonly moment: QuestionMoment; readonly questions: readonly MomentQuestion[] }
  | { readonly span: QuestionSpan; readonly questions: readonly DiffQuestion[] }
