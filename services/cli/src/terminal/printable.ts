/** Text from users, safe to print on one line: control and format characters could move the cursor or hide what follows. */
export function printable(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
}
