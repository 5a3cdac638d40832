// The types of kafkajs and of Node, as far as they matter here: the types of the SDK need no other package.

type Pem = string | Uint8Array

/** True for TLS with the certificate authorities of Node, or options of `tls.connect`. */
export type KafkaTls =
  | boolean
  | {
      readonly ca?: Pem | readonly Pem[] | undefined
      readonly cert?: Pem | readonly Pem[] | undefined
      readonly key?: Pem | readonly (Pem | object)[] | undefined
      readonly pfx?: Pem | readonly (Pem | object)[] | undefined
      readonly passphrase?: string | undefined
      readonly servername?: string | undefined
      readonly rejectUnauthorized?: boolean | undefined
    }

/** Credentials for the brokers, as kafkajs takes them. */
export type KafkaSasl =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
      readonly username: string
      readonly password: string
    }
  | { readonly mechanism: 'oauthbearer'; readonly oauthBearerProvider: () => Promise<{ readonly value: string }> }
  | {
      readonly mechanism: 'aws'
      readonly authorizationIdentity: string
      readonly accessKeyId: string
      readonly secretAccessKey: string
      readonly sessionToken?: string
    }
  /** A mechanism of another package. */
  | { readonly mechanism: string; readonly authenticationProvider: (options: never) => object }
