import { type Static, Type } from 'typebox'
import { answer, nextCursor } from './answer.ts'
import { healthStatuses } from './health.ts'
import { owners, ownersFrom } from './owners.ts'
import { runStates } from './run-outcome.ts'
import { component, count, day, oneOf, oneOfOrNull, orNull, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

export const AssetSummary = component(
  'AssetSummary',
  Type.Object({
    key: text('Asset key'),
    platform: text('Scheme of the key'),
    name: textOrNull('Name for people'),
    owners,
    ownersFrom,
    firstSeen: time('First event that names it'),
    lastSeen: day('Day (UTC) of the last event that names it'),
    lastState: oneOfOrNull(runStates, 'State of the latest run that writes it; null when none does'),
    lastEndedAt: timeOrNull('When that run ended; null while it has not'),
    lastSuccessAt: timeOrNull('End of the latest successful run that wrote it'),
    health: oneOf(healthStatuses, 'As on the card'),
    dropped: Type.Boolean({ description: 'Dropped, and not written since' }),
  }),
)
export type AssetSummary = Static<typeof AssetSummary>

export const AssetPage = answer('AssetPage', {
  items: Type.Array(ref(AssetSummary), { description: 'By key' }),
  nextCursor,
  facets: orNull(
    Type.Object(
      {
        total: count('Assets that match'),
        platforms: Type.Array(Type.Object({ platform: text('Platform'), count: count('Matching assets on it') }), {
          description: 'What matches q and prefix by platform, whichever platform is asked for; most first',
        }),
      },
      { description: 'On the first page only' },
    ),
  ),
})
export type AssetPage = Static<typeof AssetPage>
