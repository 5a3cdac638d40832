/** Which requests a server answers although it does not know who sends them. */
export type GuardRules = {
  /**
   * Names by which the server is reached besides those of this machine, in lower case: `lineage.example.com`, `.example.com` for
   * `example.com` and every name below it, `host:port` for one port, `*` for every name.
   */
  readonly allowedHosts: readonly string[]
  /** Whether every IP address is allowed as Host. A page cannot rebind an address, so a server that others may reach can accept it. */
  readonly acceptsAddresses: boolean
  /** Origins of other sites whose pages may send requests, e.g. `https://grafana.example.com`; `*` for every origin. */
  readonly corsOrigins: readonly string[]
  /** Whether a link on a page of another site may open an answer in the browser. */
  readonly acceptsLinks: boolean
}

/** The rules of a server without configuration. */
export const ownPagesOnly: GuardRules = {
  allowedHosts: [],
  acceptsAddresses: false,
  corsOrigins: [],
  acceptsLinks: true,
}

/** The rules of a server that programs use and people do not open in a browser, such as a database. */
export const programsOnly = (allowedHosts: readonly string[]): GuardRules => ({
  ...ownPagesOnly,
  allowedHosts,
  acceptsLinks: false,
})
