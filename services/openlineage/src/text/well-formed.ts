const half = /\p{Cs}/u
const halves = /\p{Cs}/gu

/** JSON can say half a surrogate pair, UTF-8 cannot: such a half becomes U+FFFD, as encoders make of it anyway. */
export const wellFormed = (text: string): string => (half.test(text) ? text.replace(halves, '\uFFFD') : text)
