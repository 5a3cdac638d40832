const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A run id as it is compared: a UUID's letters are lower-case, any other text stays as it is. */
export const runIdOf = (text: string): string => (uuid.test(text) ? text.toLowerCase() : text)
