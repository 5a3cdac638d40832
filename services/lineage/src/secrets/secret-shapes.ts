/** A text that is a secret wherever it stands, and what replaces it. Lengths are bounded, so that time grows with the text alone. */
type Shape = readonly [pattern: RegExp, replacement: string]

const privateKeys: readonly Shape[] = [
  [
    /-----BEGIN ([A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?)-----[\s\S]*?(-----END [A-Z0-9 ]{0,48}-----|$)/g,
    '-----BEGIN $1-----***$2',
  ],
]

// A password may hold any character that a URL forbids; it ends at the last "@" before the path, or before something like a host.
const addresses: readonly Shape[] = [
  [/(:\/\/)[\w%.~+-]{1,512}:@/g, '$1***@'],
  [/(:\/\/[^\s/?#@:"'<>]{0,512}:)[^\s/?#"'<>]{1,4096}@/g, '$1***@'],
  [
    /(:\/\/[^\s/?#@:"'<>]{0,128}:)(?!\d{1,5}(?:[/?#,]|$))[^\s"'<>@]{1,128}(?:@[^\s"'<>@]{0,128}){0,2}@(?=[\w.[\]:-]{1,253}(?:[/?\s,"']|$))/g,
    '$1***@',
  ],
  [/(https?:\/\/)(?=[^\s/@]{0,64}\d)[\w%.~+-]{16,512}@/gi, '$1***@'],
  [/(\boracle:(?:thin|oci\d?):[^\s/@:"']{1,128}\/)[^\s"'@]{1,512}@/gi, '$1***@'],
  [/(\bsqlplus\s{1,8}(?:-\w{1,8}\s{1,8}){0,4}[^\s/@"']{1,128}\/)[^\s"'@]{1,512}@/gi, '$1***@'],
  [/(?<![\w.-])([\w.-]{1,128}:)[^\s"'@]{1,512}@(?=(?:tcp|unix)\()/g, '$1***@'],
  [/(\bhooks\.slack\.com\/(?:services|workflows)\/)[\w/]{8,256}/g, '$1***'],
]

const tokens: readonly Shape[] = [
  [/\b((?:AKIA|ASIA)[A-Z0-9]{16}\b[^\n]{0,48}?(?<![A-Za-z0-9/+]))[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/g, '$1***'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '***'],
  [/\bgh[pousr]_[A-Za-z0-9]{20,255}/g, '***'],
  [/\bgithub_pat_\w{20,255}/g, '***'],
  [/\bglpat-[\w-]{16,255}/g, '***'],
  [/\bxox[a-z]-[\w-]{10,512}/g, '***'],
  [/\bAIza[\w-]{30,64}/g, '***'],
  [/\bya29\.[\w-]{16,1024}/g, '***'],
  [/\bsk-(?:[a-z0-9]{1,12}-){0,3}[A-Za-z0-9_]{20,512}[\w-]{0,512}/g, '***'],
  [/\b[rs]k_(?:live|test)_\w{10,255}/g, '***'],
  [/\bhw_[a-z0-9]{8,32}_[\w-]{43}/g, '***'],
  [/\bdapi[0-9a-f]{32}(?:-\d)?\b/g, '***'],
  [/\bdop_v1_[0-9a-f]{32,128}\b/g, '***'],
  [/\bnpm_[A-Za-z0-9]{30,64}/g, '***'],
  [/\bpypi-AgE[\w-]{16,1024}/g, '***'],
  [/\bhf_[A-Za-z0-9]{30,64}/g, '***'],
  [/\bhv[sb]\.[\w-]{20,512}/g, '***'],
  [/\bSG\.[\w-]{16,64}\.[\w-]{16,128}/g, '***'],
  [/\beyJ[\w-]{8,8192}\.[\w-]{4,65536}(?:\.[\w-]{0,65536})?/g, '***'],
]

/** A word after `Bearer` is a secret if no word of a language looks like it. */
const looksRandom = '(?=[A-Za-z]{0,512}(?:\\d|[._~+/=-]|[a-z][A-Z]))'
const schemes: readonly Shape[] = [
  [new RegExp(`\\b((?:[Bb]earer|BEARER)[ \\t]{1,8})${looksRandom}[\\w.~+/=-]{8,65536}`, 'g'), '$1***'],
  [/\b([Bb]asic[ \t]{1,8})(?=[A-Za-z]{0,64}(?:\d|[+/=]|[a-z][A-Z]))[A-Za-z0-9+/]{8,8192}={0,2}(?![\w-])/g, '$1***'],
  [/\b(AWS4-HMAC-SHA256\b[^\n]{0,1024}?Signature=)[0-9a-f]{64}/g, '$1***'],
  [/([?&;]signature=)[^&;\s"'<>]{8,4096}/gi, '$1***'],
]

const commands: readonly Shape[] = [
  [/(\b(?:mysql(?:dump|admin|import)?|mariadb)\b[^\n]{0,512}?\s-p)[^\s"'-][^\s"']{0,512}/g, '$1***'],
  [/(\bsshpass\s{1,8}-p\s{0,8})[^\s"'-][^\s"']{0,512}/g, '$1***'],
  [/(\s(?:-u|--user|--proxy-user)[= \t]{1,8}["']?[^\s:"'@/]{1,128}:)(?!\d{1,6}(?:\s|$))[^\s"']{1,512}/g, '$1***'],
  [/(\bidentified\s{1,8}(?:with\s{1,8}\w{1,64}\s{1,8})?by\s{1,8}(?:password\s{1,8})?)'[^'\n]{1,512}'/gi, "$1'***'"],
  [/(\bpassword\s{1,8})'[^'\n]{1,512}'/gi, "$1'***'"],
]

export const secretShapes: readonly Shape[] = [...privateKeys, ...addresses, ...tokens, ...schemes, ...commands]
