import { hash } from 'node:crypto'

/** SHA-256 as 64 hexadecimal digits. */
export const digest = (text: string): string => hash('sha256', text)
