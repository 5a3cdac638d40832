/** An identity provider whose tokens are accepted. */
export type TokenSource = {
  readonly jwksUrl: URL
  readonly issuer: string
  readonly audience: string
  /** The claim that has the scopes; for `scope`, `scp` as well. */
  readonly scopeClaim: string
}
