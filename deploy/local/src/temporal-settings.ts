import { writeFileSync } from 'node:fs'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { StartError } from './start-error.ts'

/** What gateway and workers are told about Temporal, as environment variables. */
export interface TemporalEnvironment {
  TEMPORAL_ADDRESS: string
  TEMPORAL_NAMESPACE: string
  PLUMBLINE_TEMPORAL_UI: string
  TEMPORAL_CONFIG_FILE?: string
}

/** For the embedded server; `configFile` is written with an empty profile, so that a profile of the user's own does not mix in. */
export function embeddedTemporal(
  server: { address: string; namespace: string; uiUrl: string },
  configFile: string,
): TemporalEnvironment {
  writeFileSync(configFile, '[profile.default]\n')
  return {
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: server.namespace,
    PLUMBLINE_TEMPORAL_UI: server.uiUrl,
    TEMPORAL_CONFIG_FILE: configFile,
  }
}

/**
 * For a Temporal of your own, as TEMPORAL_ADDRESS, a profile or a configuration file describes it. TLS and API key stay
 * where they are: gateway and workers read them by themselves.
 * @param ui base URL of its web UI when it is not where it usually is
 */
export function ownTemporal(ui: string | undefined): TemporalEnvironment {
  const { address, namespace } = describe()
  if (!address)
    throw new StartError(
      'Neither TEMPORAL_ADDRESS nor the Temporal profile gives an address.',
      'Set TEMPORAL_ADDRESS to host:port.',
    )
  const isCloud = /\.(tmprl|temporal)\.(cloud|io)(:\d+)?$/.test(address)
  const host = address.replace(/:\d+$/, '')
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    PLUMBLINE_TEMPORAL_UI: ui ?? (isCloud ? 'https://cloud.temporal.io' : `http://${host}:8080`),
  }
}

function describe(): { address: string | undefined; namespace: string } {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig()
    return { address: connectionOptions.address, namespace: namespace ?? 'default' }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StartError(
      `The Temporal settings cannot be read: ${why}`,
      'Check TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE.',
      { cause },
    )
  }
}
