import type { EventType, HeadwaterEvent } from '@headwater/schemas'
import { contentId } from './content-id.ts'

type ContentOf<T extends EventType> = Omit<Extract<HeadwaterEvent, { type: T }>['event'], 'eventId'>

/** The event that says this, with the id that its content makes. */
export const sealed = <T extends EventType>(type: T, content: ContentOf<T>): HeadwaterEvent =>
  ({ type, event: { ...content, eventId: contentId(type, content) } }) as unknown as HeadwaterEvent
