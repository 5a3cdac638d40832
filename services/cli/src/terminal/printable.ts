/** Text from elsewhere, fit for one line of a terminal: control characters could move its cursor or hide what follows. */
export function printable(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
}
