import { describe, expect, it } from 'vitest'
import { withNames } from '../../src/client/kafka-variables.ts'

describe('names of topics and groups', () => {
  it('begin with the prefix', () => {
    expect(withNames({ HEADWATER_PREFIX: 'staging.', PROJECTOR_GROUP: '' })).toEqual({
      HEADWATER_PREFIX: 'staging.',
      PROJECTOR_TOPIC: 'staging.headwater.events',
      PROJECTOR_DEAD_LETTERS_TOPIC: 'staging.headwater.dead-letters',
      PROJECTOR_GROUP: 'staging.headwater-projector',
      GATEWAY_OPENLINEAGE_TOPIC: 'staging.openlineage.events',
      GATEWAY_GROUP: 'staging.headwater-gateway',
    })
  })

  it('are those that are set, and groups belong to their topics', () => {
    expect(
      withNames({ PROJECTOR_TOPIC: 'lineage', GATEWAY_OPENLINEAGE_TOPIC: 'ol', GATEWAY_GROUP: 'mine' }),
    ).toMatchObject({
      PROJECTOR_TOPIC: 'lineage',
      PROJECTOR_DEAD_LETTERS_TOPIC: 'headwater.dead-letters',
      PROJECTOR_GROUP: 'headwater-projector.lineage',
      GATEWAY_GROUP: 'mine',
    })
  })

  it('are those of before without a prefix, and an empty topic of OpenLineage stays empty', () => {
    expect(withNames({ GATEWAY_OPENLINEAGE_TOPIC: '' })).toEqual({
      PROJECTOR_TOPIC: 'headwater.events',
      PROJECTOR_DEAD_LETTERS_TOPIC: 'headwater.dead-letters',
      PROJECTOR_GROUP: 'headwater-projector',
      GATEWAY_OPENLINEAGE_TOPIC: '',
      GATEWAY_GROUP: 'headwater-gateway',
    })
  })
})
