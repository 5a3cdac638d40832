const loneSurrogate = /\p{Cs}/u
const loneSurrogates = /\p{Cs}/gu

/** Replaces lone surrogates by U+FFFD: JSON can have them, UTF-8 cannot. */
export const wellFormed = (text: string): string =>
  loneSurrogate.test(text) ? text.replace(loneSurrogates, '\uFFFD') : text
