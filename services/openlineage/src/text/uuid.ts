const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isUuid = (text: string): boolean => uuid.test(text)

/** Run ids are compared in this form: a UUID in lower case, any other text unchanged. */
export const comparableRunId = (text: string): string => (isUuid(text) ? text.toLowerCase() : text)
