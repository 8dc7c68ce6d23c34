/** What the global setups provide; read with `inject('postgresUrl')`. */
export interface Provided {
  /** Superuser, to the maintenance database. Projects with servers only. */
  postgresUrl: string
  /** host:port. Projects with servers only. */
  temporalAddress: string
  /** Base URL of Temporal's web UI. Projects with servers only. */
  temporalUiUrl: string
  temporalExecutable: string
  temporalTestServer: string
}

declare module 'vitest' {
  export interface ProvidedContext extends Provided {}
}
