import type { EndedRun, StatedColumn } from './reference-run.ts'

/** A column of an asset; the column is empty for the whole row. */
export type ReferenceColumnEnd = { readonly key: string; readonly column: string }

/** That a column is made of another, as one run says. */
export type ReferenceColumn = Pick<StatedColumn, 'transformation' | 'kind' | 'masking' | 'description'> & {
  readonly from: ReferenceColumnEnd
  readonly to: ReferenceColumnEnd
  readonly run: EndedRun
}

/** What the run says of the columns of the asset. */
export const columnsOf = (asset: string, run: EndedRun | undefined): readonly ReferenceColumn[] =>
  run === undefined
    ? []
    : (run.outputs.get(asset)?.columns ?? []).map(({ of, key, column, ...how }) => ({
        ...how,
        from: { key, column },
        to: { key: asset, column: of },
        run,
      }))
