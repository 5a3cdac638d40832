import { type Static, Type } from 'typebox'
import { answer, nextCursor } from './answer.ts'
import { healthStatuses } from './health.ts'
import { runStates } from './run-outcome.ts'
import { component, count, day, oneOf, oneOfOrNull, orNull, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

export const owners = Type.Array(Type.String(), {
  description: 'Owners of the asset or, where it has none, of the job of its latest success',
})

export const ownersFrom = oneOfOrNull(['asset', 'job'], 'Whose owners these are; null when there are none')

export const AssetSummary = component(
  'AssetSummary',
  Type.Object({
    key: text('Asset key'),
    platform: text('Scheme of the key'),
    name: textOrNull('Display name'),
    owners,
    ownersFrom,
    firstSeen: time('Time of the first event that names the asset'),
    lastSeen: day('Day (UTC) of the last event that names the asset'),
    lastState: oneOfOrNull(runStates, 'State of the latest run that writes the asset; null when no run does'),
    lastEndedAt: timeOrNull('When that run ended; null while it is running'),
    lastSuccessAt: timeOrNull('End of the latest successful run that wrote the asset'),
    health: oneOf(healthStatuses, 'Health status, as in AssetCard'),
    dropped: Type.Boolean({ description: 'Dropped, and not written by a successful run since' }),
  }),
)
export type AssetSummary = Static<typeof AssetSummary>

export const AssetPage = answer('AssetPage', {
  items: Type.Array(ref(AssetSummary), { description: 'Sorted by key' }),
  nextCursor,
  facets: orNull(
    Type.Object(
      {
        total: count('Number of matching assets'),
        platforms: Type.Array(Type.Object({ platform: text('Platform'), count: count('Number of matching assets') }), {
          description:
            'Assets that match q and prefix, counted by platform, whatever the parameter platform is; largest first',
        }),
      },
      { description: 'Present on the first page only' },
    ),
  ),
})
export type AssetPage = Static<typeof AssetPage>
