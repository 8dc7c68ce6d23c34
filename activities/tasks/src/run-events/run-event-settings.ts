/** Where events of runs go; the worker's environment says it. */
export type RunEventSettings =
  | {
      kind: 'http'
      url: string
      /** Read each time, so that a key can be changed under a running worker. */
      apiKey: () => string | undefined
      /** Whether the URL may lead to loopback and private networks. */
      privateAddresses: boolean
    }
  | { kind: 'file'; path: string }
