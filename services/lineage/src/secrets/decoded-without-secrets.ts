import type { HeadwaterEvent } from '@headwater/schemas'
import { bytesMayHaveSecret } from './bytes-may-have-secret.ts'
import { eventWithoutSecrets, namesSecret } from './event-without-secrets.ts'

type Fields = { readonly metadata?: object; readonly outputs?: readonly Fields[] }

/** `eventWithoutSecrets` of an event that was decoded from these bytes: for most events a search of the bytes is enough. */
export function decodedWithoutSecrets(event: HeadwaterEvent, bytes: Uint8Array): HeadwaterEvent {
  const mayHave = bytesMayHaveSecret(bytes, 0, bytes.length) || hasSecretName(event.event as Fields)
  return mayHave ? eventWithoutSecrets(event) : event
}

const hasSecretName = ({ metadata = {}, outputs = [] }: Fields): boolean =>
  Object.keys(metadata).some(namesSecret) || outputs.some(hasSecretName)
