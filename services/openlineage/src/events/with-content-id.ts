import type { EventType, HeadwaterEvent } from '@headwater/schemas'
import { canonicalJson } from '../text/canonical-json.ts'
import { digestUuid } from '../text/digest.ts'

type ContentOf<T extends EventType> = Omit<Extract<HeadwaterEvent, { type: T }>['event'], 'eventId'>

/** An event whose id is a UUID of its type and content: the same content has the same id, so a repeated delivery is one event. */
export const withContentId = <T extends EventType>(type: T, content: ContentOf<T>): HeadwaterEvent =>
  ({
    type,
    event: { ...content, eventId: digestUuid(`${type}\n${canonicalJson(content)}`) },
  }) as unknown as HeadwaterEvent
